"""Where intake keeps what it knows: PostgreSQL, and its twin in memory."""
