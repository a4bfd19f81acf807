"""The organisation's own workbook, written and read back."""
