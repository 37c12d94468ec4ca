"""Where people meet, and whether everybody can get in: looked at on the spot, and good for as long as the city says."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

MONTHS: Final = 12


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
    by experience agreed. `agreed_by`: who that was, as long as they are in the network; None: not known.
    """

    id: UUID
    name: str
    address: str
    checked_on: date | None = None
    looked_on: date | None = None
    found: frozenset[Checked] = frozenset()
    agreed: bool = False
    agreed_by: UUID | None = None

    def checked(self, found: frozenset[Checked], on: date, *, agreed: bool, agreed_by: UUID | None = None) -> "Place":
        """The same after somebody looked: it passes when all is in order and an expert by experience agrees."""
        passes = agreed and found == frozenset(Checked)
        day = on if passes else None
        return replace(self, checked_on=day, looked_on=on, found=found, agreed=agreed, agreed_by=agreed_by)

    def is_fit(self, on: date, months: int) -> bool:
        """Whether its check, which is good for so many months, is good on this day."""
        return self.checked_on is not None and on <= _months_after(self.checked_on, months)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
