"""The projectenkalender and its yearly review."""
