"""What a case is and which rules it keeps; no I/O, no clock, no chance."""
