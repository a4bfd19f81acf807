"""Parts of the screens of the borgingsscan, the answering page among them."""
