"""The real handlers on twins in virtual time, with seeded crashes and delays."""
