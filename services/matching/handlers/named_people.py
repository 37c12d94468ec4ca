"""Everybody whom one part of a file names: read at once, and added at once."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.matching.commands import ContactEntry
from services.matching.domain.leaving import back
from services.matching.domain.network import Person, email_key
from services.matching.domain.people_errors import PhoneMissing
from services.matching.handlers.network import as_named, identity_of, keep_named, newcomer_of
from services.matching.handlers.people import welcome_all
from services.matching.ports import MatchingUnit
from shared.events.base import Role

MOST_PROMPT: Final = 100
"""So many of one part who are known already and change are told at once; the others take their time."""


class NamedPeople:
    """As they were when the part was begun, and as it changes them. An address is one person, whoever names it."""

    def __init__(self, people: Iterable[Person], unit: MatchingUnit) -> None:
        self._unit = unit
        self._by_id: dict[UUID, Person] = {}
        self._by_email: dict[str, UUID] = {}
        self._named: dict[UUID, list[tuple[UUID, Role, ContactEntry]]] = {}
        """Newcomers that are not added yet, and how they were named, each time."""
        self._is_really: dict[UUID, UUID] = {}
        """Who turned out to be somebody that came in between."""
        self._ended: frozenset[UUID] = frozenset()
        """Who is away because an import was taken back: a file brings them back."""
        self._before: dict[UUID, Person] = {}
        self._kept: dict[tuple[UUID, Role, ContactEntry], Person] = {}
        """Who was named so, as they were after that: of offers of one organisation each names them again."""
        self._changed = 0
        for person in people:
            self._remember(person)

    @classmethod
    async def read(cls, contacts: Iterable[ContactEntry], unit: MatchingUnit) -> "NamedPeople":
        """Those who are known of these."""
        named = list(contacts)
        people = cls(await unit.people.list_by_emails({contact.email for contact in named}), unit)
        unknown = (contact for contact in named if email_key(contact.email) not in people._by_email)
        others = {identity_of(contact) for contact in dict.fromkeys(unknown)}
        for person in await unit.people.list_by_ids(list(others - people._by_id.keys())):
            people._remember(person)
        people._before = dict(people._by_id)
        away = [person.id for person in people._before.values() if not person.active]
        people._ended = await unit.taken_rows.list_ended(away) if away else frozenset()
        return people

    async def keep(self, organisation_id: UUID, role: Role, contact: ContactEntry) -> tuple[UUID, bool]:
        """Who this is, and whether that is new. Raises StillHanging, PhoneMissing."""
        said = (organisation_id, role, contact)
        again = self._kept.get(said)
        if again is not None and self._by_id.get(again.id) is again:
            return again.id, False
        person_id, is_new = await self._keep_named(*said)
        self._kept[said] = self.get(person_id)
        return person_id, is_new

    async def _keep_named(self, organisation_id: UUID, role: Role, contact: ContactEntry) -> tuple[UUID, bool]:
        known = self._find(contact)
        if known is None:
            newcomer = newcomer_of(organisation_id, role, contact)
            if newcomer.cannot_be_called:
                raise PhoneMissing
            self._named[newcomer.id] = [(organisation_id, role, contact)]
            self._remember(newcomer)
            return newcomer.id, True
        named = as_named(self._there(known), organisation_id, role, contact)
        if named == known:
            return known.id, False
        if known.id not in self._named:
            return await self._keep(self.get(known.id), organisation_id, role, contact)
        # Nobody heard of them yet: they join as all of the part names them.
        if named.cannot_be_called:
            raise PhoneMissing
        self._named[known.id].append((organisation_id, role, contact))
        self._remember(named)
        return known.id, True

    async def add_newcomers(self) -> None:
        """Add those who were named so far; who came in between is taken as they are now."""
        waiting, self._named = self._named, {}
        if not waiting:
            return
        added = await welcome_all([self._by_id[each] for each in waiting], self._unit)
        for newcomer_id, namings in waiting.items():
            if newcomer_id not in added:
                people, email = self._unit.people, self._by_id[newcomer_id].email
                known = await people.read_by_email(email) or await people.read(newcomer_id)
                assert known is not None  # noqa: S101 - whoever was in the way is there
                for named in namings:
                    self._is_really[newcomer_id], _ = await self._keep(known, *named)
                    known = self.get(newcomer_id)

    def get(self, person_id: UUID) -> Person:
        """Somebody that `keep` gave, as they are by now."""
        return self._by_id[self._is_really.get(person_id, person_id)]

    def changes(self) -> list[tuple[Person | None, Person]]:
        """Who came or changed, before and after."""
        there = {self._is_really.get(each, each) for each in self._by_id}
        both = [(self._before.get(each), self._by_id[each]) for each in there]
        return [(before, after) for before, after in both if before != after]

    def _there(self, known: Person) -> Person:
        return back(known) if known.id in self._ended else known

    async def _keep(self, known: Person, organisation_id: UUID, role: Role, contact: ContactEntry) -> tuple[UUID, bool]:
        named = as_named(self._there(known), organisation_id, role, contact)
        kept = await keep_named(known, named, self._unit, in_bulk=self._changed >= MOST_PROMPT)
        self._changed += kept != known
        if known.id in self._ended:
            self._ended -= {known.id}
            await self._unit.taken_rows.forget_ended({known.id})
        self._remember(kept)
        return kept.id, kept != known

    def _find(self, contact: ContactEntry) -> Person | None:
        found = self._by_email.get(email_key(contact.email))
        return self._by_id.get(found or identity_of(contact))

    def _remember(self, person: Person) -> None:
        before = self._by_id.get(person.id)
        if before is not None:
            self._by_email.pop(email_key(before.email), None)
        self._by_id[person.id] = person
        self._by_email[email_key(person.email)] = person.id
