"""How Python's collector of rings works in a process of ours: it walks through what may be one, and not through all."""

import gc
from typing import Final

NEW_OBJECTS: Final = 5_000
"""What one batch or one part of a file makes is mostly in use until it ends; Python looks for rings among it
every 700 new objects unless it is told otherwise."""


def keep_what_is_there() -> None:
    """What is there by now stays until the end of the process; from here on the collector looks at what is newer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
