"""Many invented cases at once: what the desk of a whole city finds on an ordinary morning."""
