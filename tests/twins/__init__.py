"""In-memory twins of what runs on PostgreSQL and SMTP, held to the real thing by the conformance suites."""
