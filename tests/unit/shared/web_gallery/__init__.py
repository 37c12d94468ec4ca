"""A small app that shows every building block, for tests and for looking at."""
