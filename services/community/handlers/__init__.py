"""One function for each command or event."""
