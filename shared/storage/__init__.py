"""PostgreSQL: the pool, statements, tables and migrations."""
