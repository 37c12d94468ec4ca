"""A calendar that reads by itself what somebody goes to: behind a link of its own, until it is renewed or switched off.

Whoever has an account has one of what they host; whoever signs up by mail, one of where they have a place.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from services.community.domain.gathering import Gathering, GatheringState
from services.community.domain.place import Place
from services.community.domain.seat import FORGOTTEN_AFTER, SeatState

# A year; then its link ends, and whoever still wants it asks for a new one.
FEED_LASTS: Final = 13 * FORGOTTEN_AFTER
# Only these are the reader's own: whoever waits may not get a place, and whoever cancelled does not come.
IN_FEED: Final = frozenset({SeatState.CONFIRMED, SeatState.ATTENDED})
# What was, stays readable as long as who came is known.
SHOWN_AFTER: Final = FORGOTTEN_AFTER


@dataclass(frozen=True, slots=True)
class Feed:
    """One subscription, of a person or of an address. Of the address there is only a mark."""

    id: UUID
    made_at: datetime
    person_id: UUID | None = None
    address_digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A gathering in a calendar; `revision`: how much further its entry there is than the gathering itself."""

    gathering: Gathering
    place: Place | None = None
    revision: int = 0


def is_shown(gathering: Gathering, at: datetime) -> bool:
    """What everybody knows of, until a while after it ended; what is off leaves when its day has passed."""
    if not gathering.is_public:
        return False
    kept = timedelta() if gathering.state is GatheringState.CANCELLED else SHOWN_AFTER
    return at < gathering.details.ends_at + kept
