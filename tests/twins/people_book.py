"""Who is who, in a dict: the twin of `shared.access.people_book.MatchingPeopleBook`."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from shared.access.people_book import PeopleBookAway
from shared.events.base import Role
from shared.events.http import KnownPerson


class InMemoryPeopleBook:
    """Put people in `people`, and what they may do where in `roles`; `away`: it cannot be asked."""

    def __init__(self, *people: KnownPerson) -> None:
        self.people = {one.person_id: one for one in people}
        self.roles: dict[UUID, set[tuple[Role, UUID]]] = {}
        self.addresses: dict[str, UUID] = {}
        self.away = False

    async def read_people(self, person_ids: Iterable[UUID]) -> Mapping[UUID, KnownPerson]:
        return {} if self.away else {one: self.people[one] for one in person_ids if one in self.people}

    async def list_people(self, role: Role, organisation_id: UUID | None = None) -> Sequence[KnownPerson]:
        self._here()
        theirs = [
            person_id
            for person_id, roles in self.roles.items()
            if any(each is role and organisation_id in {None, where} for each, where in roles)
        ]
        return sorted((self.people[one] for one in theirs), key=lambda one: (one.name, one.person_id))

    async def find_by_address(self, address: str) -> KnownPerson | None:
        self._here()
        found = self.addresses.get(address.strip().lower())
        return self.people.get(found) if found else None

    def _here(self) -> None:
        if self.away:
            raise PeopleBookAway
