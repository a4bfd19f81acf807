"""Capacity: who is there, what is asked, and where that does not fit. Pure, on frames.

Weeks are ISO weeks, named by their Monday (datetime64[us]). Hours are hours per week. Shares are
0–1. A frame of supply or demand has one row per function (index function_id) and one column per
week.
"""
