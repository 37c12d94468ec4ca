"""What happens around an evening: who hosts it, what people wish for there, and what becomes of that."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.hosting import Host, HostTurn, Turn, TurnState
from services.community.domain.needs_round import Subject, Wish
from shared.events.community import GatheringKind


class Hosts(Protocol):
    """Who wants to host now and then."""

    async def get(self, person_id: UUID) -> Host | None:
        """None: not this person."""

    async def save(self, host: Host) -> None:
        """Keep it."""

    async def remove(self, person_id: UUID) -> None:
        """This person is asked no more."""

    async def list_all(self) -> list[Host]:
        """All, by id."""


class Turns(Protocol):
    """Whose turn it was, and is. Whoever changes one holds its gathering first."""

    async def get(self, turn_id: UUID) -> HostTurn | None:
        """One."""

    async def save(self, turn: HostTurn) -> None:
        """Keep it."""

    async def remove(self, turn_id: UUID) -> None:
        """For good."""

    async def list_of(self, gathering_id: UUID) -> list[HostTurn]:
        """Those of one gathering, in the order in which they were asked."""

    async def list_of_person(self, person_id: UUID, states: Collection[TurnState]) -> list[HostTurn]:
        """Those of one person that stand so."""

    async def list_of_kind(self, kind: GatheringKind) -> list[Turn]:
        """Those of all gatherings of this kind."""


class Wishes(Protocol):
    """What people would like, told at a gathering."""

    async def add(self, wish: Wish) -> None:
        """A new one."""

    async def put_under(self, subject_id: UUID, wish_ids: Collection[UUID]) -> None:
        """These stand under this subject; what is removed meanwhile stays so."""

    async def list_of(self, gathering_id: UUID) -> list[Wish]:
        """Those of one gathering, in the order in which they were told."""

    async def list_loose(self, ended: datetime, limit: int) -> list[UUID]:
        """Those under no subject, of gatherings that ended before this."""

    async def remove(self, wish_ids: Collection[UUID]) -> None:
        """For good."""


class Subjects(Protocol):
    """What wishes are put together under, and what becomes of it."""

    async def get(self, subject_id: UUID) -> Subject | None:
        """One, locked until the transaction ends."""

    async def read(self, subject_id: UUID) -> Subject | None:
        """One, to look at."""

    async def save(self, subject: Subject) -> None:
        """Keep it."""

    async def remove(self, subject_id: UUID) -> None:
        """For good; no wish stands under it any more."""

    async def list_of(self, gathering_id: UUID) -> list[Subject]:
        """Those of one gathering."""
