"""Where a file with a map comes from: an id in it counts within its source, and what is missing is missing there."""

import re
import unicodedata
from typing import Final

# A day or month, and the number of a copy that was downloaded again: the same feed, later.
_OF_ONE_DAY: Final = re.compile(r"[-_. ]*(\d{4}-?\d{2}(-?\d{2})?([T_-]?\d{2,6})?|\(\d+\))$")


def source_named(filename: str, *, is_folder: bool = False) -> str:
    """The source that a file is of, by its name: that of `feed-2026-11-30.json` is `feed`."""
    stem = filename if is_folder else filename.rpartition(".")[0] or filename
    name = unicodedata.normalize("NFC", stem)
    return (_OF_ONE_DAY.sub("", name) or name).strip().casefold()
