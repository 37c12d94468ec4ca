"""Every way to run Schakel: the command line, embedded, in containers."""

__version__ = "0.1.0"
