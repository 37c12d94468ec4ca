"""Intake in memory: the twin of `services.intake.store`, for the simulation, unit tests and conformance suites."""

from collections import Counter
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.intake.domain.api_key import ApiKey
from services.intake.domain.case import Case
from services.intake.domain.case_state import ENDED, KEPT, CaseState
from services.intake.domain.listing import CaseSearch, Position
from services.intake.domain.progress import NeedProgress
from services.intake.domain.timeline import PLANNED, TimelineEntry
from services.intake.ports import Codes
from services.intake.ports.erasing import Ledger
from services.intake.store.child_marks import KeyedChildMarks
from shared.events.base import ConsentGiver
from shared.events.referral_number import as_referral_number
from shared.privacy.marks import KeyedMarks
from tests.parts.audit import CHAIN
from tests.parts.keys import ring
from tests.twins.intake_alike import InMemoryAlike
from tests.twins.intake_consents import InMemoryAccepted, InMemoryConsents
from tests.twins.intake_drafts import InMemoryDrafts, InMemorySignals, InMemoryTrainings
from tests.twins.intake_erasing import InMemoryUnconfirmed
from tests.twins.intake_family import InMemoryFamilyDoor, InMemoryFamilyVoice
from tests.twins.intake_readers import InMemoryReaders
from tests.twins.intake_same_child import InMemorySameChildren
from tests.twins.intake_vault import InMemoryVault
from tests.twins.limits import InMemoryLimits
from tests.twins.members import InMemoryMembers
from tests.twins.replies import InMemoryReplies
from tests.twins.tables import MemoryTables
from tests.twins.unit_of_work import MemoryContext, MemoryUnit


class InMemoryCases:
    """Cases in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Case] = tables.table("cases")
        self._entries: dict[UUID, TimelineEntry] = tables.table("timeline_entries")

    async def add(self, cases: Sequence[Case]) -> set[UUID]:
        codes, taken = {row.code for row in self._rows.values()}, set()
        for case in cases:
            if case.code in codes:
                taken.add(case.id)
                continue
            codes.add(case.code)
            self._rows[case.id] = copy(case)
        return taken

    async def get(self, case_id: UUID) -> Case | None:
        return copy(self._rows[case_id]) if case_id in self._rows else None

    async def read(self, case_id: UUID) -> Case | None:
        return await self.get(case_id)

    async def get_household(self, household_id: UUID) -> list[Case]:
        family = [copy(row) for row in self._rows.values() if row.opening.household_id == household_id]
        return sorted(family, key=lambda case: case.id)

    async def list_household(self, household_id: UUID) -> list[Case]:
        return await self.get_household(household_id)

    async def save(self, case: Case) -> None:
        self._rows[case.id] = copy(case)

    async def find(self, search: CaseSearch, after: Position | None, limit: int) -> list[Case]:
        found = [copy(row) for row in self._rows.values() if self._finds(search, row)]
        found.sort(key=lambda row: (search.order.at(row), row.id), reverse=search.order.is_downward)
        if after is None:
            return found[:limit]
        here, down = (after.at, after.case_id), search.order.is_downward
        places = [(row, (search.order.at(row), row.id)) for row in found]
        return [row for row, place in places if (place < here if down else place > here)][:limit]

    async def list_ended(self, state: CaseState, limit: int) -> list[UUID]:
        ended = [row for row in self._rows.values() if row.state is state and row.erase_on is None]
        return [row.id for row in sorted(ended, key=lambda row: (row.changed_at, row.id))][:limit]

    async def list_due(self, day: date, limit: int) -> list[UUID]:
        rows = self._rows.values()
        return sorted(row.id for row in rows if row.state in ENDED and row.erase_on and row.erase_on <= day)[:limit]

    async def list_growing(self, after: UUID | None, limit: int) -> list[UUID]:
        rows = [row for row in self._rows.values() if row.is_open and (after is None or row.id > after)]
        may_grow = [row.id for row in rows if row.opening.consent_given_by is not ConsentGiver.YOUNG_PERSON]
        return sorted(may_grow)[:limit]

    async def list_erasing(self, limit: int) -> list[UUID]:
        return sorted(row.id for row in self._rows.values() if row.state is CaseState.ERASING)[:limit]

    async def forget(self, case_id: UUID) -> None:
        self._rows.pop(case_id, None)

    async def count(self, search: CaseSearch) -> dict[CaseState, int]:
        return dict(Counter(row.state for row in self._rows.values() if self._finds(search, row)))

    def _finds(self, search: CaseSearch, case: Case) -> bool:
        """By the case's own number, or by one of its referrals."""
        number = as_referral_number(search.number)
        by_referral = {one.case_id for one in self._entries.values() if number and one.number == number}
        return _finds(replace(search, number="") if case.id in by_referral else search, case)


def _finds(search: CaseSearch, case: Case) -> bool:
    opening = case.opening
    return (
        (search.organisations is None or opening.organisation_id in search.organisations)
        and (search.ambassadors is None or opening.ambassador_id in search.ambassadors)
        and case.state in search.states & KEPT
        and (case.hold is not None) is search.on_hold
        and search.number in case.code
        and (search.category is None or search.category in {need.category for need in case.needs})
    )


class InMemoryNetwork:
    """The network's read model in dicts."""

    def __init__(self, tables: MemoryTables) -> None:
        self._names: dict[UUID, str] = tables.table("network_names")
        self._organisations: dict[UUID, str] = tables.table("organisations")
        self._kinds: dict[UUID, str | None] = tables.table("organisation_kinds")

    async def save_organisation(self, organisation_id: UUID, name: str, kind: str | None = None) -> None:
        self._names[organisation_id] = name
        self._organisations[organisation_id] = name
        self._kinds[organisation_id] = kind

    async def save_service(self, service_id: UUID, organisation_id: UUID, name: str) -> None:  # noqa: ARG002
        self._names[service_id] = name

    async def read_names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        return {each: self._names[each] for each in ids if each in self._names}

    async def read_kind(self, organisation_id: UUID) -> str | None:
        return self._kinds.get(organisation_id)

    async def list_organisations(self) -> dict[UUID, str]:
        return dict(sorted(self._organisations.items(), key=lambda each: (each[1], each[0])))


class InMemoryTimeline:
    """Timelines in dicts."""

    def __init__(self, tables: MemoryTables) -> None:
        self._entries: dict[UUID, TimelineEntry] = tables.table("timeline_entries")
        self._progress: dict[UUID, NeedProgress] = tables.table("need_progress")

    async def add(self, entry: TimelineEntry) -> None:
        self._entries[entry.id] = entry

    async def forget_plans(self, case_id: UUID) -> None:
        for key, row in list(self._entries.items()):
            if row.case_id == case_id and row.kind == PLANNED:
                del self._entries[key]

    async def list_entries(self, case_id: UUID) -> list[TimelineEntry]:
        lines = [entry for entry in self._entries.values() if entry.case_id == case_id]
        return sorted(lines, key=lambda entry: (entry.at, entry.id))

    async def save_progress(self, progress: NeedProgress) -> None:
        self._progress[progress.need_id] = progress

    async def read_progress(self, case_ids: Collection[UUID]) -> dict[UUID, list[NeedProgress]]:
        found: dict[UUID, list[NeedProgress]] = {}
        for progress in sorted(self._progress.values(), key=lambda each: each.need_id):
            if progress.case_id in case_ids:
                found.setdefault(progress.case_id, []).append(progress)
        return found

    async def forget(self, case_id: UUID) -> None:
        for rows in (self._entries, self._progress):
            for key in [key for key, row in rows.items() if row.case_id == case_id]:
                del rows[key]


class InMemoryApiKeys:
    """API keys in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, ApiKey] = tables.table("api_keys")

    async def add(self, key: ApiKey) -> None:
        self._rows[key.id] = key

    async def read_by_hash(self, key_hash: bytes) -> ApiKey | None:
        return next((row for row in self._rows.values() if row.hash == key_hash), None)

    async def get(self, key_id: UUID) -> ApiKey | None:
        return self._rows.get(key_id)

    async def list_all(self) -> list[ApiKey]:
        return sorted(self._rows.values(), key=lambda row: (row.created_at, row.id))

    async def save(self, key: ApiKey) -> None:
        self._rows[key.id] = key


class MemoryIntakeUnit(MemoryUnit):
    """One transaction of intake in memory."""

    def __init__(self, context: MemoryContext, codes: Codes, ledger: Ledger) -> None:
        super().__init__(context)
        self.cases = InMemoryCases(context.tables)
        self.vault = InMemoryVault(context.tables, self)
        self.members = InMemoryMembers(context.tables)
        self.limits = InMemoryLimits(context.tables)
        self.network = InMemoryNetwork(context.tables)
        self.timeline = InMemoryTimeline(context.tables)
        self.keys = InMemoryApiKeys(context.tables)
        self.replies = InMemoryReplies(context.tables, context.now)
        self.consents = InMemoryConsents(context.tables)
        self.accepted = InMemoryAccepted(context.tables)
        self.drafts = InMemoryDrafts(context.tables)
        self.signals = InMemorySignals(context.tables)
        self.trainings = InMemoryTrainings(context.tables)
        self.unconfirmed = InMemoryUnconfirmed(context.tables)
        self.readers = InMemoryReaders(context.tables)
        self.family_door = InMemoryFamilyDoor(context.tables, context.now)
        self.family_voice = InMemoryFamilyVoice(context.tables)
        self.alike = InMemoryAlike(context.tables)
        self.same_children = InMemorySameChildren(context.tables)
        self.child_marks = KeyedChildMarks(CHAIN)
        self.codes = codes
        self.marks = KeyedMarks(ring("intake"))
        self.ledger = ledger
