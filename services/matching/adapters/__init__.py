"""The outside world: files with a social map."""
