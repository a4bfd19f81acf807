"""Parts of the screen Scenarios."""
