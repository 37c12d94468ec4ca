"""Named places where a test makes the process die as if by `kill -9`. Without the variable nothing happens."""

import os
import signal

VARIABLE = "SCHAKEL_CRASH_AT"


def crash_point(name: str) -> None:
    """Die here when the environment asks for it: `SCHAKEL_CRASH_AT=relay.after-publish`."""
    if os.environ.get(VARIABLE) == name:
        os.kill(os.getpid(), signal.SIGKILL)
