"""Restpunten of the whole portfolio."""
