"""Imports: what a file would change, and writing it in one transaction."""
