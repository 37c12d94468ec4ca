"""Sending what is queued: a loop that claims and records, and the composing of one letter."""
