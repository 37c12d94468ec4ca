"""Where matching keeps what it knows: PostgreSQL."""
