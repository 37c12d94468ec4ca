"""What matching knows and decides: no I/O, no clock, no chance."""
