"""The ground: settings, errors, logs, time, ids, waiting. It imports nothing of ours."""
