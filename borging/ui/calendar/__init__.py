"""Parts of the projectenkalender, its review, and a new project."""
