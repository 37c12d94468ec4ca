"""What the handlers need: gatherings, series and places, all inside one transaction."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.gathering import Gathering
from services.community.domain.participation import Share
from services.community.domain.place import Place
from services.community.domain.seat import Seat, SeatState
from services.community.domain.series import Series
from services.community.domain.sign_up import SignUp
from services.community.ports.acquaintance import Appointments, Introductions, Tables
from services.community.ports.calendars import CalendarFiles, Feeds
from services.community.ports.cards import CardsUnit
from services.community.ports.evenings import Hosts, Subjects, Turns, Wishes
from services.community.ports.examples import ExamplesUnit
from services.community.ports.following import Followers
from services.community.ports.invitations import Invitations
from services.community.ports.knowledge import KnowledgeUnit
from services.community.ports.load import Care
from services.community.ports.passports import PassportUnit
from services.community.ports.programme import ProgrammeUnit
from services.community.ports.sparring import SparringUnit
from services.community.ports.swap import SwapUnit
from services.community.ports.voting import Votes
from shared.access.links import Links
from shared.access.members import Members
from shared.unit_of_work import UnitOfWork


class Gatherings(Protocol):
    """The gatherings."""

    async def get(self, gathering_id: UUID) -> Gathering | None:
        """One, locked until the transaction ends."""

    async def read(self, gathering_id: UUID) -> Gathering | None:
        """One, to look at."""

    async def save(self, gathering: Gathering) -> None:
        """Keep it as it is now."""

    async def list_from(self, start: datetime, *, public_only: bool = False) -> list[Gathering]:
        """Those that end after this, in their order; all, or those that everybody may see."""

    async def list_before(self, start: datetime, limit: int, *, public_only: bool = False) -> list[Gathering]:
        """Those that ended before this, the newest first; all, or those that everybody may see."""

    async def read_before(self, series_id: UUID, starts_at: datetime) -> Gathering | None:
        """The one of this series that comes before this moment and was not cancelled, to look at."""

    async def sum_of_experience(self, start: datetime, end: datetime) -> Share:
        """Over those that begin between these moments."""

    async def list_preparing(self, gathering_id: UUID) -> list[Gathering]:
        """Those that prepare this one, in their order, to look at."""

    async def list_with_contact(self, person_id: UUID) -> list[UUID]:
        """Those of which this person reads what people need."""

    async def list_over(self, now: datetime, limit: int) -> list[UUID]:
        """Those that people counted on and whose end has passed."""


class AllSeries(Protocol):
    """The rules by which gatherings come back."""

    async def get(self, series_id: UUID) -> Series | None:
        """One, locked until the transaction ends."""

    async def save(self, series: Series) -> None:
        """Keep it."""

    async def list_running(self) -> list[Series]:
        """Those that were not stopped, by title."""


class Places(Protocol):
    """Where people meet."""

    async def get(self, place_id: UUID) -> Place | None:
        """One."""

    async def save(self, place: Place) -> None:
        """Keep it."""

    async def list_all(self) -> list[Place]:
        """All, by name."""

    async def get_each(self, place_ids: Collection[UUID]) -> dict[UUID, Place]:
        """These, by id."""

    async def forget_person(self, person_id: UUID) -> None:
        """Of no place it is known any more that this person agreed; that somebody did stays."""


class Seats(Protocol):
    """The seats. Whoever changes one holds its gathering first."""

    async def get(self, seat_id: UUID) -> Seat | None:
        """One, locked until the transaction ends."""

    async def read(self, seat_id: UUID) -> Seat | None:
        """One, to look at."""

    async def get_by_digest(self, gathering_id: UUID, digest: bytes) -> Seat | None:
        """The one that was asked for with this address and is not over, locked."""

    async def save(self, seat: Seat, digest: bytes | None = None) -> None:
        """Keep it; a new one with the digest of its address."""

    async def count(self, gathering_id: UUID, states: Collection[SeatState]) -> int:
        """How many of the gathering stand so."""

    async def next_number(self, gathering_id: UUID) -> int:
        """The end of the line."""

    async def get_each(self, gathering_id: UUID, states: Collection[SeatState], limit: int | None = None) -> list[Seat]:
        """Those of the gathering that stand so, in their line, locked."""

    async def read_each(self, gathering_id: UUID, states: Collection[SeatState]) -> list[Seat]:
        """The same, to look at."""

    async def next_revision(self, gathering_id: UUID, digest: bytes) -> int:
        """What the entry in the calendar of this address begins with: further than all that it had before."""

    async def list_to_forget(self, ended: datetime, requested: datetime, limit: int) -> list[UUID]:
        """Seats of which something is told, at gatherings that ended before this, or not confirmed since that."""

    async def delete_unconfirmed(self, seat_ids: Collection[UUID]) -> None:
        """Those of them that nobody confirmed."""


class SignUps(Protocol):
    """What was told with each seat, sealed."""

    def digest_of(self, gathering_id: UUID, email: str) -> bytes:
        """What tells a second sign-up with this address."""

    async def keep(self, seat_id: UUID, sign_up: SignUp) -> None:
        """In place of what was told before."""

    async def open(self, seat_id: UUID) -> SignUp | None:
        """None: it is forgotten."""

    async def open_each(self, seat_ids: Collection[UUID]) -> dict[UUID, SignUp]:
        """Those of them that are not forgotten, by their seat."""

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        """For good, with the keys."""


class CommunityUnit(
    UnitOfWork, ProgrammeUnit, ExamplesUnit, KnowledgeUnit, CardsUnit, SwapUnit, PassportUnit, SparringUnit, Protocol
):
    """One transaction of community."""

    @property
    def gatherings(self) -> Gatherings: ...
    @property
    def series(self) -> AllSeries: ...
    @property
    def places(self) -> Places: ...
    @property
    def seats(self) -> Seats: ...
    @property
    def sign_ups(self) -> SignUps: ...
    @property
    def wishes(self) -> Wishes: ...
    @property
    def subjects(self) -> Subjects: ...
    @property
    def hosts(self) -> Hosts: ...
    @property
    def turns(self) -> Turns: ...
    @property
    def care(self) -> Care: ...
    @property
    def feeds(self) -> Feeds: ...
    @property
    def followers(self) -> Followers: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def votes(self) -> Votes: ...
    @property
    def tables(self) -> Tables: ...
    @property
    def appointments(self) -> Appointments: ...
    @property
    def introductions(self) -> Introductions: ...
    @property
    def links(self) -> Links: ...
    @property
    def members(self) -> Members: ...


__all__ = [
    "AllSeries",
    "Appointments",
    "CalendarFiles",
    "CommunityUnit",
    "Feeds",
    "Followers",
    "Gatherings",
    "Hosts",
    "Introductions",
    "Invitations",
    "Places",
    "Seats",
    "SignUps",
    "Subjects",
    "Tables",
    "Turns",
    "Votes",
    "Wishes",
]
