"""The rules of the house: rooms, imports, names. Each rule is shown to reject a bad sample."""
