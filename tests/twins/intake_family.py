"""The family's own way in, in memory: the twin of `services.intake.store.family`."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.family_access import CODE_LENGTH, FamilyAccess
from services.intake.domain.family_voice import Experience, FamilyAsk, HelpFelt
from services.intake.store.family import VISIT
from shared.access.links import Link, hash_of, hashes_of, new_link, new_token
from shared.events.family_voice import Felt
from tests.twins.tables import MemoryTables


class InMemoryFamilyDoor:
    """Links and visits in dicts, hashed as in the database."""

    def __init__(self, tables: MemoryTables, now: datetime) -> None:
        self._rows: dict[UUID, tuple[FamilyAccess, bytes, bytes]] = tables.table("family_access")
        self._visits: dict[bytes, tuple[UUID, datetime]] = tables.table("family_visits")
        self._now = now

    async def give(self, access: FamilyAccess) -> Link:
        await self.take_away(access.case_id)
        link = new_link(CODE_LENGTH)
        self._rows[access.case_id] = (access, hashes_of(link.token)[0], hashes_of(link.short_code)[1])
        return link

    async def read(self, case_id: UUID) -> FamilyAccess | None:
        return self._rows[case_id][0] if case_id in self._rows else None

    async def find(self, token_or_code: str) -> FamilyAccess | None:
        token, code = hashes_of(token_or_code)
        found = [access for access, *hashes in self._rows.values() if token == hashes[0] or code == hashes[1]]
        return next((access for access in found if access.expires_at > self._now), None)

    async def take_away(self, case_id: UUID) -> None:
        if (known := self._rows.pop(case_id, None)) is not None:
            for key in [key for key, (access_id, _) in self._visits.items() if access_id == known[0].id]:
                del self._visits[key]

    async def begin_visit(self, access: FamilyAccess, until: datetime) -> str:
        kept = new_token()
        self._visits[hash_of(VISIT, kept)] = (access.id, until)
        return kept

    async def visited(self, kept: str) -> FamilyAccess | None:
        access_id, ends_at = self._visits.get(hash_of(VISIT, kept), (None, self._now))
        by_it = (access for access, *_ in self._rows.values() if access.id == access_id)
        access = next(by_it, None)
        return access if access and min(ends_at, access.expires_at) > self._now else None

    async def forget_visits(self) -> None:
        for key in [key for key, (_, ends_at) in self._visits.items() if ends_at <= self._now]:
            del self._visits[key]


class InMemoryFamilyVoice:
    """What families say, in dicts."""

    def __init__(self, tables: MemoryTables) -> None:
        self._asks: dict[UUID, FamilyAsk] = tables.table("family_asks")
        self._experiences: dict[UUID, Experience] = tables.table("experiences")
        self._cases: dict[UUID, Case] = tables.table("cases")

    async def ask(self, ask: FamilyAsk) -> None:
        self._asks[ask.id] = ask

    async def list_asks(self, case_id: UUID) -> list[FamilyAsk]:
        of_case = [ask for ask in self._asks.values() if ask.case_id == case_id]
        return sorted(sorted(of_case, key=lambda ask: ask.id), key=lambda ask: ask.asked_at, reverse=True)

    async def settle(self, ask: FamilyAsk, by: UUID, at: datetime) -> None:
        self._asks[ask.id] = replace(ask, settled_by=by, settled_at=at)

    async def tell(self, experience: Experience) -> None:
        self._experiences[experience.need_id] = experience

    async def list_experiences(self, case_id: UUID) -> list[Experience]:
        return [told for told in self._experiences.values() if told.case_id == case_id]

    async def count_felt(self, at_least: int) -> list[HelpFelt]:
        told = [one for one in self._experiences.values() if one.case_id in self._cases]
        counted = []
        for organisation_id in {one.organisation_id for one in told}:
            of_it = [one for one in told if one.organisation_id == organisation_id]
            families = len({self._cases[one.case_id].opening.household_id for one in of_it})
            answers = [
                {felt: [getattr(one, question) for one in of_it].count(felt) for felt in Felt}
                for question in ("welcome", "fitting", "tailored")
            ]
            if families >= at_least:
                counted.append(HelpFelt(organisation_id, families, *answers))
        return counted

    def forget(self, case_id: UUID) -> None:
        """As the database does with what hangs on the key of a case."""
        rows: tuple[dict[UUID, Any], ...] = (self._asks, self._experiences)
        for table in rows:
            for key in [key for key, row in table.items() if row.case_id == case_id]:
                del table[key]
