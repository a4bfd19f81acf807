"""Capacity: who is there, who is asked for, and where that breaks. Pure: frames in, frames out."""
