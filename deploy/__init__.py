"""Every way to run Schakel: the command line, embedded, in containers."""
