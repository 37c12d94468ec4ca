"""What a message is and may become. No I/O, clock or chance."""
