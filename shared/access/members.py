"""Who is in the network and may do what: the read model that every service keeps of `PersonListed`."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.events.base import Role
from shared.events.directory import Membership, PersonListed
from shared.storage.statements import Statement

_COLUMNS: Final = "person_id, memberships, active, epoch, deputy_id, away_from, away_until"
_SAVE: Final = Statement(
    f"""
    INSERT INTO members ({_COLUMNS})
    SELECT * FROM unnest(CAST(:person_id AS uuid[]), CAST(:memberships AS jsonb[]), CAST(:active AS boolean[]),
                         CAST(:epoch AS int[]), CAST(:deputy_id AS uuid[]), CAST(:away_from AS date[]),
                         CAST(:away_until AS date[])) AS one ({_COLUMNS})
    ORDER BY person_id
    ON CONFLICT (person_id) DO UPDATE SET
        memberships = excluded.memberships, active = excluded.active, epoch = excluded.epoch,
        deputy_id = excluded.deputy_id, away_from = excluded.away_from, away_until = excluded.away_until
    """  # noqa: S608 - names of columns of our own
)
# Every request for help asks this: straight through the driver.
_BY_IDS: Final = Statement(
    f"SELECT {_COLUMNS} FROM members WHERE person_id = ANY(CAST(:ids AS uuid[])) ORDER BY person_id"  # noqa: S608
)
_WITH: Final = Statement(
    f"""
    SELECT {_COLUMNS} FROM members WHERE active AND memberships @> CAST(:membership AS jsonb) ORDER BY person_id
    """  # noqa: S608
)
_MEMBERSHIPS: Final = TypeAdapter(tuple[Membership, ...])


@dataclass(frozen=True, slots=True)
class Member:
    """A person as every service knows them: never a name or an address."""

    person_id: UUID
    memberships: tuple[Membership, ...] = ()
    active: bool = True
    epoch: int = 0
    """Sessions of before this one are over."""
    deputy_id: UUID | None = None
    away_from: date | None = None
    away_until: date | None = None

    @classmethod
    def of(cls, event: PersonListed) -> "Member":
        """As it was published."""
        return cls(
            person_id=event.subject,
            memberships=event.memberships,
            active=event.active,
            epoch=event.epoch,
            deputy_id=event.deputy_id,
            away_from=event.away_from,
            away_until=event.away_until,
        )

    @property
    def standing(self) -> tuple[Membership, ...]:
        """What the person may do now."""
        return self.memberships if self.active else ()

    def may(self, role: Role, organisation_id: UUID) -> bool:
        """Whether this is what the person may do now, for this organisation."""
        return any(one.role is role and one.organisation_id == organisation_id for one in self.standing)

    def works_for(self, organisation_id: UUID) -> bool:
        """Whether the person belongs to this organisation now."""
        return any(one.organisation_id == organisation_id for one in self.standing)

    def is_away(self, day: date) -> bool:
        """Whether a deputy stands in on this day."""
        if self.away_until is None:
            return False
        return (self.away_from is None or self.away_from <= day) and day <= self.away_until

    def deputises_for(self, other: "Member", day: date) -> bool:
        """Whether this person stands in for the other one on this day."""
        return self.active and other.deputy_id == self.person_id and other.is_away(day)


class Members(Protocol):
    """The people that this service heard of."""

    async def save(self, member: Member) -> None:
        """Somebody joined, left, or may do something else."""

    async def save_all(self, members: Sequence[Member]) -> None:
        """The same of many at once; each is there once."""

    async def read(self, person_id: UUID) -> Member | None:
        """None: never heard of."""

    async def read_many(self, person_ids: Collection[UUID]) -> dict[UUID, Member]:
        """Those that are known."""

    async def list_with_role(self, role: Role) -> list[Member]:
        """The active ones with this role anywhere, by id."""

    async def list_of_organisation(self, organisation_id: UUID) -> list[Member]:
        """The active ones of this organisation, by id."""


class HasMembers(Protocol):
    """A unit of work that keeps this read model."""

    @property
    def members(self) -> Members:
        """Who is in the network."""


async def keep_member(event: PersonListed, unit: HasMembers) -> None:
    """Keep what somebody may do; never who it is."""
    await unit.members.save(Member.of(event))


class PostgresMembers:
    """The table `members`, inside the transaction of `connection`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, member: Member) -> None:
        await self.save_all([member])

    async def save_all(self, members: Sequence[Member]) -> None:
        columns = {name: [getattr(member, name) for member in members] for name in _COLUMNS.split(", ")}
        columns["memberships"] = [as_json(member.memberships) for member in members]
        await _SAVE.rows(self._connection, columns)

    async def read(self, person_id: UUID) -> Member | None:
        return (await self.read_many([person_id])).get(person_id)

    async def read_many(self, person_ids: Collection[UUID]) -> dict[UUID, Member]:
        rows = await _BY_IDS.rows(self._connection, {"ids": list(person_ids)})
        return {row[0]: _member_of(row) for row in rows}

    async def list_with_role(self, role: Role) -> list[Member]:
        return await self._with({"role": role.value})

    async def list_of_organisation(self, organisation_id: UUID) -> list[Member]:
        return await self._with({"organisationId": str(organisation_id)})

    async def _with(self, membership: Mapping[str, str]) -> list[Member]:
        rows = await _WITH.rows(self._connection, {"membership": json.dumps([membership])})
        return [_member_of(row) for row in rows]


def as_json(memberships: Collection[Membership]) -> str:
    """As they are stored, here and in matching's own table of people."""
    return json.dumps([one.model_dump(mode="json", by_alias=True) for one in memberships])


def from_json(stored: str | list[dict[str, Any]]) -> tuple[Membership, ...]:
    """Back from the database."""
    return _MEMBERSHIPS.validate_json(stored) if isinstance(stored, str) else _MEMBERSHIPS.validate_python(stored)


def _member_of(row: Any) -> Member:  # noqa: ANN401 - a row of the driver
    person_id, memberships, active, epoch, deputy_id, away_from, away_until = row
    return Member(person_id, from_json(memberships), active, epoch, deputy_id, away_from, away_until)
