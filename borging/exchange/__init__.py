"""Files in and out: foreign lists, the own workbook, tables for Excel."""
