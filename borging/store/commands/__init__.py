"""The writes, each named after what the user means to do."""
