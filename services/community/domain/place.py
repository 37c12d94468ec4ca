"""Where people meet, and whether everybody can get in: looked at on the spot, and good for a year."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

LEAP_DAY: Final = (2, 29)


class Checked(StrEnum):
    """What somebody looks at on the spot."""

    ENTRANCE = "entrance"
    TOILET = "toilet"
    LEVEL = "one-level"
    SOUND = "sound"
    QUIET_ROOM = "calm-room"
    REACHABLE = "reachable"


@dataclass(frozen=True, slots=True)
class Place:
    """A place. `checked_on`: the day on which all was in order and an expert by experience agreed; None: never.

    `looked_on`: the last time that somebody looked, whatever came of it: `found` was in order, and whether the expert
    by experience agreed.
    """

    id: UUID
    name: str
    address: str
    checked_on: date | None = None
    looked_on: date | None = None
    found: frozenset[Checked] = frozenset()
    agreed: bool = False

    def checked(self, found: frozenset[Checked], on: date, *, agreed: bool) -> "Place":
        """The same after somebody looked: it passes when all is in order and an expert by experience agrees."""
        passes = agreed and found == frozenset(Checked)
        return replace(self, checked_on=on if passes else None, looked_on=on, found=found, agreed=agreed)

    def is_fit(self, on: date) -> bool:
        """Whether its check is good on this day."""
        return self.checked_on is not None and on <= _a_year_after(self.checked_on)


def _a_year_after(day: date) -> date:
    is_leap_day = (day.month, day.day) == LEAP_DAY
    return day.replace(year=day.year + 1, day=day.day - 1 if is_leap_day else day.day)
