"""What intake looks at again later: nothing of its own yet. Its replies to machines are forgotten after seven days."""
