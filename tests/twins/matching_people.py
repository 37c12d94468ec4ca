"""People, who was named for one question, and attempts to sign in, in memory: the twins of matching's store."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.matching.domain.case import HAS_AMBASSADOR, CaseFile
from services.matching.domain.contact import Contact
from services.matching.domain.leaving import Hanging, HangingCase, HangingQuestion, HangingService
from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.person_changes import KeptChange, PersonChange
from services.matching.domain.referral import Referral
from services.matching.domain.second_factor import SecondFactor
from services.matching.domain.sign_in import SignIn
from services.matching.ports.people import PeopleQuery, Standing
from shared.events.base import Role
from tests.twins.tables import MemoryTables

NEEDS_DEPUTY = {Role.AMBASSADOR, Role.PARTNER, Role.COORDINATOR}


class InMemoryPeople:
    """People in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Person] = tables.table("people")
        self._organisations: dict[UUID, Organisation] = tables.table("organisations")

    async def get(self, person_id: UUID) -> Person | None:
        return self._rows.get(person_id)

    async def read(self, person_id: UUID) -> Person | None:
        return self._rows.get(person_id)

    async def list_by_ids(self, person_ids: Collection[UUID]) -> list[Person]:
        return [self._rows[person_id] for person_id in person_ids if person_id in self._rows]

    async def hold(self, person_ids: Collection[UUID]) -> list[Person]:
        return await self.list_by_ids(person_ids)

    async def list_page(self, query: PeopleQuery) -> tuple[list[Person], int]:
        rows = [row for row in self._rows.values() if self._is_wanted(row, query)]
        rows.sort(key=lambda row: (row.name, row.id))
        return rows[(query.page - 1) * query.per_page : query.page * query.per_page], len(rows)

    def _is_wanted(self, row: Person, query: PeopleQuery) -> bool:
        names = [
            row.name,
            *(self._organisations[each].name for each in row.organisation_ids if each in self._organisations),
        ]
        roles = {one.role for one in row.memberships}
        standing = {
            Standing.THERE: row.active,
            Standing.AWAY: row.active and row.is_away(query.today),
            Standing.LEAVING: row.active and row.leaves_on is not None,
            Standing.WITHOUT_DEPUTY: row.active and row.deputy_id is None and not roles.isdisjoint(NEEDS_DEPUTY),
            Standing.LEFT: not row.active,
        }
        called = any(query.text.lower() in name.lower() for name in names)
        return standing[query.standing] and called and (query.role is None or query.role in roles)

    async def read_by_email(self, email: str) -> Person | None:
        wanted = email.strip().lower()
        return next((row for row in self._rows.values() if row.email.lower() == wanted), None)

    async def hold_next(self, after: UUID, limit: int) -> list[Person]:
        return sorted((row for row in self._rows.values() if row.id > after), key=lambda row: row.id)[:limit]

    async def list_by_emails(self, emails: Collection[str]) -> list[Person]:
        found = [await self.read_by_email(email) for email in emails]
        return [person for person in found if person is not None]

    async def list_of_organisation(self, organisation_id: UUID) -> list[Person]:
        rows = (row for row in self._rows.values() if row.works_for(organisation_id))
        return sorted(rows, key=lambda row: (row.name, row.id))

    async def add(self, person: Person) -> Person:
        known = await self.read_by_email(person.email)
        return known or self._rows.setdefault(person.id, person)

    async def add_all(self, newcomers: Sequence[Person]) -> set[UUID]:
        return {person.id for person in newcomers if await self.add(person) is person}

    async def save(self, person: Person) -> None:
        self._rows[person.id] = person


class InMemoryContacts:
    """Contacts of one question, in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Contact] = tables.table("contacts")
        self._referrals: dict[UUID, Referral] = tables.table("referrals")

    async def get(self, contact_id: UUID) -> Contact | None:
        return self._rows.get(contact_id)

    async def list_by_ids(self, contact_ids: Collection[UUID]) -> list[Contact]:
        return [self._rows[each] for each in contact_ids if each in self._rows]

    async def list_of_referral(self, referral_id: UUID) -> list[Contact]:
        return sorted((row for row in self._rows.values() if row.referral_id == referral_id), key=lambda row: row.id)

    async def list_new(self, organisation_id: UUID | None = None) -> list[Contact]:
        rows = (row for row in self._rows.values() if row.is_new)
        here = (row for row in rows if organisation_id in (None, row.organisation_id))
        return sorted(here, key=lambda row: row.id)

    async def save(self, contact: Contact) -> None:
        self._rows[contact.id] = contact

    async def forget_case(self, case_id: UUID) -> None:
        asked = {row.id for row in self._referrals.values() if row.case_id == case_id}
        for row in [row for row in self._rows.values() if row.referral_id in asked]:
            del self._rows[row.id]


class InMemoryHangings:
    """What hangs on a person, read from the other dicts."""

    def __init__(self, tables: MemoryTables) -> None:
        self._people: dict[UUID, Person] = tables.table("people")
        self._cases: dict[UUID, CaseFile] = tables.table("cases")
        self._referrals: dict[UUID, Referral] = tables.table("referrals")
        self._services: dict[UUID, Service] = tables.table("services")

    async def read_of(self, person_id: UUID) -> Hanging:
        cases = [HangingCase(one.id, one.code, one.organisation_id) for one in self._open_cases(person_id)]
        asked = [one for one in self._referrals.values() if one.contact_id == person_id and one.is_active]
        offers = [one for one in self._services.values() if person_id in one.contact_ids]
        return Hanging(
            tuple(sorted(cases, key=lambda one: (one.code, one.id))),
            tuple(
                HangingQuestion(one.id, one.case_code, one.organisation_id, one.category)
                for one in sorted(asked, key=lambda one: one.id)
            ),
            tuple(
                HangingService(one.id, one.name, one.organisation_id)
                for one in sorted(offers, key=lambda one: (one.name, one.id))
            ),
        )

    async def list_people(self, today: date) -> list[UUID]:
        return sorted(one.id for one in self._people.values() if self._needs_a_look(one, today))

    def _needs_a_look(self, person: Person, today: date) -> bool:
        if person.active:
            return person.leaves_on is not None and person.leaves_on <= today
        asked = any(one.contact_id == person.id and one.is_active for one in self._referrals.values())
        return asked or bool(self._open_cases(person.id))

    def _open_cases(self, person_id: UUID) -> list[CaseFile]:
        rows = self._cases.values()
        return [row for row in rows if row.ambassador_id == person_id and row.state in HAS_AMBASSADOR]


class InMemoryPersonHistory:
    """What changed about people, in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, KeptChange] = tables.table("person_changes")

    async def add(self, changes: Sequence[KeptChange]) -> None:
        self._rows |= {one.id: one for one in changes}

    async def read_last(self, person_id: UUID, change: PersonChange) -> datetime | None:
        rows = self._rows.values()
        return max((row.at for row in rows if row.person_id == person_id and row.change is change), default=None)

    async def list_of(self, person_id: UUID, limit: int) -> list[KeptChange]:
        rows = [row for row in self._rows.values() if row.person_id == person_id]
        return sorted(rows, key=lambda row: row.id, reverse=True)[:limit]


class InMemorySignIns:
    """Attempts to sign in, in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, SignIn] = tables.table("sign_ins")

    async def get(self, sign_in_id: UUID) -> SignIn | None:
        return await self.read(sign_in_id)

    async def read(self, sign_in_id: UUID) -> SignIn | None:
        row = self._rows.get(sign_in_id)
        return replace(row) if row else None

    async def save(self, sign_in: SignIn) -> None:
        self._rows[sign_in.id] = replace(sign_in)

    async def list_of_lane(self, lane: str, since: datetime, limit: int) -> list[SignIn]:
        rows = [row for row in self._rows.values() if row.lane == lane and row.expires_at > since]
        return [replace(row) for row in sorted(rows, key=lambda row: (row.expires_at, row.id), reverse=True)[:limit]]

    async def count_second_tries(self, person_id: UUID, since: datetime) -> int:
        theirs = [row for row in self._rows.values() if row.person_id == person_id and row.expires_at > since]
        return sum(row.second_tries for row in theirs)

    async def close_all_of(self, person_id: UUID) -> None:
        for row in list(self._rows.values()):
            if row.person_id == person_id:
                self._rows[row.id] = replace(row, used=True)

    async def forget(self, before: datetime) -> int:
        over = [row.id for row in self._rows.values() if row.expires_at < before]
        for sign_in_id in over:
            del self._rows[sign_in_id]
        return len(over)


class InMemorySecondFactors:
    """Second factors in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, SecondFactor] = tables.table("second_factors")

    async def get(self, person_id: UUID) -> SecondFactor | None:
        return self._rows.get(person_id)

    async def read(self, person_id: UUID) -> SecondFactor | None:
        return self._rows.get(person_id)

    async def save(self, factor: SecondFactor) -> None:
        self._rows[factor.person_id] = factor

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)
