"""One function per event, command or clock, by subject: load, decide, store, append what follows."""
