"""What goes wrong in the world: bad input, parts away, processes killed."""
