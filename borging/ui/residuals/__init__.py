"""Parts of the screen Restpunten."""
