"""Rules and aggregates alone: no I/O, no clock, no chance."""
