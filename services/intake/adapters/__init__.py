"""The outside world of intake: only chance."""
