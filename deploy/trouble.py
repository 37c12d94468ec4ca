"""What a person at the terminal can mend."""


class Trouble(Exception):
    """Something was to be expected and can be mended; the message says how. Shown without a traceback, exit code 1."""
