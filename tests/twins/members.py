"""The read model of people in a dict: the twin of `shared.access.members.PostgresMembers`."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from shared.access.members import Member
from shared.events.base import Role
from tests.twins.tables import MemoryTables


class InMemoryMembers:
    """People by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Member] = tables.table("members")

    async def save(self, member: Member) -> None:
        self._rows[member.person_id] = member

    async def save_all(self, members: Sequence[Member]) -> None:
        self._rows.update({member.person_id: member for member in members})

    async def read(self, person_id: UUID) -> Member | None:
        return self._rows.get(person_id)

    async def read_many(self, person_ids: Collection[UUID]) -> dict[UUID, Member]:
        return {person_id: self._rows[person_id] for person_id in person_ids if person_id in self._rows}

    async def list_with_role(self, role: Role) -> list[Member]:
        return self._active(lambda one: any(each.role is role for each in one.memberships))

    async def list_of_organisation(self, organisation_id: UUID) -> list[Member]:
        return self._active(lambda one: one.works_for(organisation_id))

    def _active(self, wanted: Callable[[Member], bool]) -> list[Member]:
        return sorted((one for one in self._rows.values() if one.active and wanted(one)), key=lambda one: one.person_id)
