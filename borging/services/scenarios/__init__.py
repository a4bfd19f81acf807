"""Scenarios: what moves, what that gives, and the proposal."""
