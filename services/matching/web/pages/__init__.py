"""Pages; each module is one group of paths."""
