"""Parts of the screen Doelen."""
