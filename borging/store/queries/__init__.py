"""Reads. Every frame holds dates as datetime64 (NaT is unknown) and nullable ids as Int64.

Removed rows are left out everywhere. `as_of` includes that day: what was recorded later is
not there yet.
"""
