"""The twins of what happens around an evening: who hosts it, what people wish for there, and what becomes of that."""

from collections import Counter
from collections.abc import Collection
from copy import copy
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.community.domain.feed import Feed
from services.community.domain.gathering import Gathering
from services.community.domain.hosting import Host, HostTurn, Turn, TurnState
from services.community.domain.invitation import Invitation
from services.community.domain.needs_round import Subject, Wish
from services.community.domain.seat import Seat
from services.community.domain.voting import Voting
from shared.events.community import GatheringKind
from tests.twins.tables import MemoryTables


class InMemoryHosts:
    """Hosts by person."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Host] = tables.table("hosts")

    async def get(self, person_id: UUID) -> Host | None:
        return self._rows.get(person_id)

    async def save(self, host: Host) -> None:
        self._rows[host.person_id] = host

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)

    async def list_all(self) -> list[Host]:
        return sorted(self._rows.values(), key=lambda one: one.person_id)


class InMemoryTurns:
    """Turns by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, HostTurn] = tables.table("host_turns")
        self._gatherings: dict[UUID, Gathering] = tables.table("gatherings")

    async def get(self, turn_id: UUID) -> HostTurn | None:
        found = self._rows.get(turn_id)
        return copy(found) if found else None

    async def save(self, turn: HostTurn) -> None:
        self._rows[turn.id] = copy(turn)

    async def remove(self, turn_id: UUID) -> None:
        self._rows.pop(turn_id, None)

    async def list_of(self, gathering_id: UUID) -> list[HostTurn]:
        return [one for one in self._in_order() if one.gathering_id == gathering_id]

    async def list_of_person(self, person_id: UUID, states: Collection[TurnState]) -> list[HostTurn]:
        return [one for one in self._in_order() if one.person_id == person_id and one.state in states]

    async def list_of_kind(self, kind: GatheringKind) -> list[Turn]:
        known = [(one, self._gatherings[one.gathering_id].details) for one in self._in_order()]
        return [Turn(one, details.starts_at) for one, details in known if details.kind is kind]

    def _in_order(self) -> list[HostTurn]:
        return [copy(one) for one in sorted(self._rows.values(), key=lambda one: one.id)]


class InMemoryWishes:
    """Wishes by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Wish] = tables.table("wishes")
        self._gatherings: dict[UUID, Gathering] = tables.table("gatherings")

    async def add(self, wish: Wish) -> None:
        self._rows[wish.id] = wish

    async def put_under(self, subject_id: UUID, wish_ids: Collection[UUID]) -> None:
        for wish_id in self._rows.keys() & set(wish_ids):
            self._rows[wish_id] = replace(self._rows[wish_id], subject_id=subject_id)

    async def list_of(self, gathering_id: UUID) -> list[Wish]:
        theirs = (one for one in self._rows.values() if one.gathering_id == gathering_id)
        return sorted(theirs, key=lambda one: (one.told_at, one.id))

    async def list_loose(self, ended: datetime, limit: int) -> list[UUID]:
        loose = (one for one in self._rows.values() if one.subject_id is None)
        return sorted(one.id for one in loose if self._gatherings[one.gathering_id].details.ends_at < ended)[:limit]

    async def remove(self, wish_ids: Collection[UUID]) -> None:
        for wish_id in wish_ids:
            self._rows.pop(wish_id, None)


class InMemorySubjects:
    """Subjects by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Subject] = tables.table("subjects")

    async def get(self, subject_id: UUID) -> Subject | None:
        # Units in memory run one at a time, which is the lock.
        return await self.read(subject_id)

    async def read(self, subject_id: UUID) -> Subject | None:
        found = self._rows.get(subject_id)
        return copy(found) if found else None

    async def save(self, subject: Subject) -> None:
        self._rows[subject.id] = copy(subject)

    async def remove(self, subject_id: UUID) -> None:
        self._rows.pop(subject_id, None)

    async def list_of(self, gathering_id: UUID) -> list[Subject]:
        theirs = (copy(one) for one in self._rows.values() if one.gathering_id == gathering_id)
        return sorted(theirs, key=lambda one: one.id)


class InMemoryFeeds:
    """Feeds by id, and whose seats are in which."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Feed] = tables.table("feeds")
        self._of: dict[UUID, UUID] = tables.table("feed_seats")
        self._seats: dict[UUID, Seat] = tables.table("seats")

    async def read(self, feed_id: UUID) -> Feed | None:
        return self._rows.get(feed_id)

    async def find_of_person(self, person_id: UUID) -> Feed | None:
        return next((one for one in self._rows.values() if one.person_id == person_id), None)

    async def find_of_address(self, digest: bytes) -> Feed | None:
        return next((one for one in self._rows.values() if one.address_digest == digest), None)

    async def add(self, feed: Feed) -> bool:
        theirs = {(one.person_id, one.address_digest) for one in self._rows.values()}
        if (feed.person_id, feed.address_digest) in theirs:
            return False
        self._rows[feed.id] = feed
        return True

    async def remove(self, feed_ids: Collection[UUID]) -> None:
        for feed_id in feed_ids:
            self._rows.pop(feed_id, None)
        for seat_id in [seat for seat, feed in self._of.items() if feed in feed_ids]:
            del self._of[seat_id]

    async def add_seats(self, feed_id: UUID, seat_ids: Collection[UUID]) -> None:
        for seat_id in seat_ids:
            self._of.setdefault(seat_id, feed_id)

    async def list_seats(self, feed_id: UUID) -> list[Seat]:
        theirs = [seat_id for seat_id, feed in self._of.items() if feed == feed_id and seat_id in self._seats]
        return [copy(self._seats[one]) for one in sorted(theirs)]

    async def list_made_before(self, made: datetime) -> list[UUID]:
        return [one.id for one in self._rows.values() if one.made_at < made]


class InMemoryInvitations:
    """Invitations by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Invitation] = tables.table("invitations")
        self._gatherings: dict[UUID, Gathering] = tables.table("gatherings")

    async def get(self, invitation_id: UUID) -> Invitation | None:
        return await self.read(invitation_id)

    async def read(self, invitation_id: UUID) -> Invitation | None:
        found = self._rows.get(invitation_id)
        return copy(found) if found else None

    async def save(self, invitation: Invitation) -> None:
        self._rows[invitation.id] = copy(invitation)

    async def list_of(self, gathering_id: UUID) -> list[Invitation]:
        theirs = [copy(one) for one in self._rows.values() if one.gathering_id == gathering_id]
        return sorted(theirs, key=lambda one: one.id)

    async def list_over(self, ended: datetime, limit: int) -> list[UUID]:
        over = (one for one in self._rows.values() if self._gatherings[one.gathering_id].details.ends_at < ended)
        return sorted(one.id for one in over)[:limit]

    async def list_of_person(self, person_id: UUID) -> list[UUID]:
        return sorted(one.id for one in self._rows.values() if one.person_id == person_id)

    async def remove(self, invitation_ids: Collection[UUID]) -> None:
        for invitation_id in invitation_ids:
            self._rows.pop(invitation_id, None)


class InMemoryVotes:
    """Votings by gathering, and what each seat chose."""

    def __init__(self, tables: MemoryTables) -> None:
        self._votings: dict[UUID, Voting] = tables.table("votings")
        self._chosen: dict[UUID, frozenset[UUID]] = tables.table("votes")
        self._subjects: dict[UUID, Subject] = tables.table("subjects")

    async def read(self, gathering_id: UUID) -> Voting | None:
        found = self._votings.get(gathering_id)
        return copy(found) if found else None

    async def save(self, voting: Voting) -> None:
        self._votings[voting.gathering_id] = copy(voting)

    async def cast(self, seat_id: UUID, subject_ids: Collection[UUID]) -> None:
        self._chosen[seat_id] = frozenset(subject_ids)

    async def list_of(self, seat_id: UUID) -> frozenset[UUID]:
        return self._chosen.get(seat_id, frozenset()) & self._subjects.keys()

    async def count(self, gathering_id: UUID) -> Counter[UUID]:
        theirs = {one.id for one in self._subjects.values() if one.gathering_id == gathering_id}
        return Counter(subject for chosen in self._chosen.values() for subject in chosen if subject in theirs)

    async def remove(self, gathering_id: UUID) -> None:
        theirs = {one.id for one in self._subjects.values() if one.gathering_id == gathering_id}
        for seat_id, chosen in self._chosen.items():
            self._chosen[seat_id] = chosen - theirs

    async def forget(self, seat_ids: Collection[UUID]) -> None:
        for seat_id in seat_ids:
            self._chosen.pop(seat_id, None)
