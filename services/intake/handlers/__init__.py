"""What intake does for each command and event: load, decide, store, append. One module per subject."""
