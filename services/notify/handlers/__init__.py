"""One function per event or command: load, decide, store, append."""
