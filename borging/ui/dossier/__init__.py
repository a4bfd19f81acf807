"""Parts of the screen of one project."""
