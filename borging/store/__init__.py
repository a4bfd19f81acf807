"""The only room that knows SQL: tables, database, migrations, reads and writes."""
