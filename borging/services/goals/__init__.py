"""The goal tree and what projects share of a goal."""
