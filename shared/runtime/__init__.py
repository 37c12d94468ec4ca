"""A process: its parts, its tasks, how it starts, stops and is watched."""
