"""The store in memory: the twin of `repositories`, for the simulation, unit tests and conformance suites."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from services.matching.domain.case import CaseFile, CaseNeed
from services.matching.domain.errors import PartnerAlreadyActive
from services.matching.domain.map_query import MapQuery, SearchResult
from services.matching.domain.network import Organisation, Service
from services.matching.domain.partner_question import PartnerQuestion
from services.matching.domain.ranking import Offer, Shortlist
from services.matching.domain.referral import Referral
from services.matching.domain.referral_list import ReferralPage, ReferralQuery
from services.matching.domain.rules import TAKES_A_PLACE, Situation, rank
from services.matching.domain.search import words_of_index
from shared.events.referral_codes import HandoverKind
from shared.kernel.dutch_calendar import DutchCalendar
from shared.privacy.marks import KeyedMarks
from tests.parts.keys import ring
from tests.twins.limits import InMemoryLimits
from tests.twins.links import InMemoryLinks
from tests.twins.matching_cases import InMemoryCases
from tests.twins.matching_entries import (
    InMemoryApplications,
    InMemoryOrganisations,
    InMemoryProposals,
    InMemoryTakenRows,
)
from tests.twins.matching_history import InMemorySearchHistory
from tests.twins.matching_imports import InMemoryMapImports
from tests.twins.matching_list import page_of
from tests.twins.matching_people import (
    InMemoryContacts,
    InMemoryHangings,
    InMemoryPeople,
    InMemoryPersonHistory,
    InMemorySecondFactors,
    InMemorySignIns,
)
from tests.twins.matching_search import (
    InMemoryEverydayWords,
    InMemoryMissedWords,
    answer,
    fits,
    lexemes_of,
    vocabulary_in,
)
from tests.twins.members import InMemoryMembers
from tests.twins.replies import InMemoryReplies
from tests.twins.tables import MemoryTables
from tests.twins.unit_of_work import MemoryContext, MemoryUnit


class InMemoryReferrals:
    """Referrals in dicts."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Referral] = tables.table("referrals")
        self._questions: dict[UUID, PartnerQuestion] = tables.table("questions")
        self._cases: dict[UUID, CaseFile] = tables.table("cases")
        self._organisations: dict[UUID, Organisation] = tables.table("organisations")

    async def read(self, referral_id: UUID) -> Referral | None:
        row = self._rows.get(referral_id)
        return replace(row) if row else None

    async def list_of_case(self, case_id: UUID) -> list[Referral]:
        return self._sorted(row for row in self._rows.values() if row.case_id == case_id)

    async def list_of_need(self, need_id: UUID) -> list[Referral]:
        return self._sorted(row for row in self._rows.values() if row.need_id == need_id)

    async def list_page(self, query: ReferralQuery) -> ReferralPage:
        return page_of(query, self._rows.values(), self._cases, self._organisations)

    async def save(self, referral: Referral) -> None:
        others = (row for row in self._rows.values() if row.need_id == referral.need_id and row.id != referral.id)
        if referral.is_active and any(row.is_active for row in others):
            raise PartnerAlreadyActive
        self._rows[referral.id] = replace(referral)

    async def count_open(self, service_ids: Collection[UUID]) -> Mapping[UUID, int]:
        counts: dict[UUID, int] = {}
        for row in self._rows.values():
            if row.state in TAKES_A_PLACE and row.service_id in service_ids:
                counts[row.service_id] = counts.get(row.service_id, 0) + 1
        return counts

    async def count_handovers(self) -> Mapping[HandoverKind, int]:
        return Counter(row.handover_kind for row in self._rows.values() if row.handover_kind)

    async def list_questions(self, referral_id: UUID) -> list[PartnerQuestion]:
        rows = (row for row in self._questions.values() if row.referral_id == referral_id)
        return sorted((replace(row) for row in rows), key=lambda row: row.id)

    async def save_question(self, question: PartnerQuestion) -> None:
        self._questions[question.id] = replace(question)

    async def forget_words(self, referral_ids: Collection[UUID]) -> None:
        for question in [row for row in self._questions.values() if row.referral_id in referral_ids]:
            del self._questions[question.id]
        for row in [one for one in self._rows.values() if one.id in referral_ids]:
            await self.save(replace(row, explanation=""))

    async def forget_case(self, case_id: UUID) -> None:
        for question in [row for row in self._questions.values() if row.case_id == case_id]:
            del self._questions[question.id]
        for row in await self.list_of_case(case_id):
            del self._rows[row.id]

    @staticmethod
    def _sorted(rows: Iterable[Referral]) -> list[Referral]:
        return sorted((replace(row) for row in rows), key=lambda row: row.id)


class InMemoryServices:
    """The map in a dict."""

    def __init__(self, context: MemoryContext) -> None:
        self._context = context
        self._rows: dict[UUID, Service] = context.tables.table("services")
        self._organisations: dict[UUID, Organisation] = context.tables.table("organisations")

    async def get(self, service_id: UUID) -> Service | None:
        return self._rows.get(service_id)

    async def read(self, service_id: UUID) -> Service | None:
        return self._rows.get(service_id)

    async def hold_many(self, service_ids: Collection[UUID]) -> dict[UUID, Service]:
        return {key: self._rows[key] for key in service_ids if key in self._rows}

    async def read_names(self, service_ids: Collection[UUID]) -> dict[UUID, str]:
        return {key: self._rows[key].name for key in service_ids if key in self._rows}

    async def read_offer(self, service_id: UUID) -> Offer | None:
        row = self._rows.get(service_id)
        return self._offer(row) if row else None

    async def save(self, service: Service) -> None:
        self._rows[service.id] = service

    async def hold_next(self, after: UUID, limit: int) -> list[Service]:
        return sorted((row for row in self._rows.values() if row.id > after), key=lambda row: row.id)[:limit]

    async def save_all(self, services: Sequence[Service]) -> None:
        self._rows.update({one.id: one for one in services})

    async def shortlist(self, need: CaseNeed, situation: Situation, most: int, skip: int = 0) -> Shortlist:
        offers = {row.id: self._offer(row) for row in self._rows.values() if row.on_map}
        load = await InMemoryReferrals(self._context.tables).count_open(offers)
        ranking = rank(need, situation, list(offers.values()), load, self._context.city)
        shown = [one.service.id for one in ranking.candidates[skip : skip + most]] + [
            one.service.id for one in ranking.passed[:most]
        ]
        return Shortlist(tuple(offers[key] for key in shown), load, len(ranking.candidates), len(ranking.passed))

    async def list_of_organisation(self, organisation_id: UUID) -> list[Service]:
        rows = (row for row in self._rows.values() if row.organisation_id == organisation_id)
        return sorted(rows, key=lambda row: (row.name, row.id))

    async def list_public_of(self, organisation_ids: Collection[UUID]) -> list[Service]:
        rows = (row for row in self._rows.values() if row.organisation_id in organisation_ids)
        return sorted((row for row in rows if fits(row, MapQuery())), key=lambda row: (row.name, row.id))

    async def search(self, query: MapQuery) -> SearchResult:
        fitting = [self._offer(row) for row in self._rows.values() if fits(row, query)]
        return answer(query, fitting, vocabulary_in(self._context.tables, self._context.city), self._said())

    async def index_older(self, limit: int) -> int:
        return 0 * limit  # Every index is as new as the service.

    async def tidy_words(self) -> None:
        """Nothing is kept beside the services."""

    def _said(self) -> frozenset[str]:
        owners = self._organisations
        indexes = (lexemes_of(row, owners[row.organisation_id].name) for row in self._rows.values())
        return frozenset().union(*map(words_of_index, indexes))

    def _offer(self, row: Service) -> Offer:
        return Offer(row, self._organisations[row.organisation_id])


class MemoryMatchingUnit(MemoryUnit):
    """One transaction of matching in memory."""

    def __init__(self, context: MemoryContext) -> None:
        super().__init__(context)
        self.calendar = DutchCalendar()
        self.marks = KeyedMarks(ring("matching"))
        self.cases = InMemoryCases(context.tables)
        self.referrals = InMemoryReferrals(context.tables)
        self.history = InMemorySearchHistory(context)
        self.organisations = InMemoryOrganisations(context.tables)
        self.services = InMemoryServices(context)
        self.everyday_words = InMemoryEverydayWords(context.tables)
        self.missed_words = InMemoryMissedWords(context.tables)
        self.taken_rows = InMemoryTakenRows(context.tables)
        self.map_imports = InMemoryMapImports(context.tables)
        self.applications = InMemoryApplications(context.tables)
        self.proposals = InMemoryProposals(context.tables)
        self.people = InMemoryPeople(context.tables)
        self.contacts = InMemoryContacts(context.tables)
        self.hangings = InMemoryHangings(context.tables)
        self.person_history = InMemoryPersonHistory(context.tables)
        self.sign_ins = InMemorySignIns(context.tables)
        self.second_factors = InMemorySecondFactors(context.tables)
        self.members = InMemoryMembers(context.tables)
        self.limits = InMemoryLimits(context.tables)
        self.links = InMemoryLinks(context.tables, context.now, context.ids)
        self.replies = InMemoryReplies(context.tables, context.now)
