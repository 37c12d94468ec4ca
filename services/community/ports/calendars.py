"""What puts gatherings in calendars: the files, and the feeds that calendars read by themselves."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.appointment import Appointment
from services.community.domain.feed import Entry, Feed
from services.community.domain.gathering import Gathering
from services.community.domain.place import Place
from services.community.domain.seat import Seat
from shared.events.gathering_letters import CalendarMethod, GatheringDetails


class CalendarFiles(Protocol):
    """Writes gatherings as calendars read them (iCalendar)."""

    def write(
        self,
        gathering: Gathering,
        place: Place | None,
        method: CalendarMethod,
        at: datetime,
        *,
        reader: str = "",
        revision: int = 0,
    ) -> bytes:
        """`reader`: the address of whoever gets it; `revision`: how much further its entry is than the gathering."""

    def write_appointment(
        self, appointment: Appointment, gathering: Gathering, method: CalendarMethod, at: datetime, *, reader: str
    ) -> bytes:
        """For one of the two; it says at which gathering they met, and not who the other one is."""

    def write_details(
        self, thing_id: UUID, details: GatheringDetails, sequence: int, method: CalendarMethod, at: datetime, *,
        reader: str,
    ) -> bytes:  # fmt: skip
        """What is told in a mail, with this id in every calendar."""

    def write_feed(self, entries: Collection[Entry], name: str, at: datetime) -> bytes:
        """Several as one calendar with this name, which tells of no reader."""


class Feeds(Protocol):
    """Calendars that somebody subscribed to, each behind a link of its own."""

    async def read(self, feed_id: UUID) -> Feed | None:
        """One; None: it was renewed, or switched off."""

    async def find_of_person(self, person_id: UUID) -> Feed | None:
        """Of somebody with an account."""

    async def find_of_address(self, digest: bytes) -> Feed | None:
        """Of somebody who signs up without one."""

    async def add(self, feed: Feed) -> bool:
        """A new one; False: somebody made theirs at this very moment."""

    async def remove(self, feed_ids: Collection[UUID]) -> None:
        """Their links open nothing any more."""

    async def add_seats(self, feed_id: UUID, seat_ids: Collection[UUID]) -> None:
        """These are of whoever has the feed."""

    async def list_seats(self, feed_id: UUID) -> list[Seat]:
        """Those of whoever has it, whatever became of them."""

    async def list_made_before(self, made: datetime) -> list[UUID]:
        """Those that are older."""
