"""Parts of the screen Capaciteit."""
