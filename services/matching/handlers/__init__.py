"""One function per command or event: load, decide, store, append."""
