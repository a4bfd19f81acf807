"""Parts of the screen Beheer, and the example portfolio."""
