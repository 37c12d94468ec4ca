"""The plumbing on the real database and on its twin: the same tests."""
