"""The outside world: files with a social map, and what an address or phone number looks like."""
