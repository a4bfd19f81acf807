"""The words and the rules of borging: standard library only, no clock, no database."""
