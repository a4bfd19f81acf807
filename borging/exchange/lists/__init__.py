"""Lists of others: columns mapped by a profile."""
