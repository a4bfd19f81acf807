"""What the screens share: frame, filters, cached reads, charts and tables."""
