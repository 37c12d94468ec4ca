"""Clock times as people type them: 14:30, 14.30, 14u30, 14 uur, 9."""

import re
from datetime import time
from typing import Annotated, Final

from pydantic import BeforeValidator

from shared.kernel.translatable import to_translate

NOT_A_TIME: Final = to_translate("Schrijf de tijd als uur en minuten.")
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.\su]([0-5]\d))?(?::[0-5]\d)?(?: ?uur)?")
_LAST_HOUR: Final = 23


def _clock(value: object) -> object:
    """Nothing but hours and minutes: a bare number would be read as seconds since midnight."""
    if not isinstance(value, str):
        return value
    found = _CLOCK.fullmatch(" ".join(value.casefold().split()))
    if found is None or int(found[1]) > _LAST_HOUR:
        raise ValueError(NOT_A_TIME)
    return time(int(found[1]), int(found[2] or 0))


# Use it in form models for a time of the day.
TypedTime = Annotated[time, BeforeValidator(_clock)]
