"""Matching's repositories on PostgreSQL, and the unit of work that joins them.

Cases and referrals are on the way of an event: they are written on the connection, as statements.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, delete, distinct, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain.case import CaseFile, CaseState
from services.matching.domain.disclosure import Alike
from services.matching.domain.errors import PartnerAlreadyActive
from services.matching.domain.partner_question import PartnerQuestion
from services.matching.domain.referral import Referral
from services.matching.domain.referral_list import ReferralPage, ReferralQuery
from services.matching.domain.rules import TAKES_A_PLACE
from services.matching.store.contacts import PostgresContacts, PostgresPersonHistory
from services.matching.store.entries import PostgresApplications, PostgresProposals
from services.matching.store.everyday_words import PostgresEverydayWords, PostgresMissedWords
from services.matching.store.hangings import PostgresHangings
from services.matching.store.map_imports import PostgresMapImports
from services.matching.store.organisations import PostgresOrganisations
from services.matching.store.people import PostgresPeople, PostgresSecondFactors, PostgresSignIns
from services.matching.store.referral_list import page_of, read_page
from services.matching.store.rows import (
    case_of,
    case_values,
    need_values,
    question_of,
    question_values,
    referral_of,
    referral_values,
)
from services.matching.store.search_history import PostgresSearchHistory
from services.matching.store.social_map import PostgresServices
from services.matching.store.tables import (
    CASES,
    NEEDS,
    ONE_ACTIVE_PER_NEED,
    QUESTIONS,
    REFERRALS,
    upsert,
)
from services.matching.store.taken_rows import PostgresTakenRows
from shared.access.limits import PostgresLimits
from shared.access.links import PostgresLinks
from shared.access.members import PostgresMembers
from shared.access.replies import PostgresReplies
from shared.events.referral_codes import HandoverKind
from shared.kernel.working_time import Calendar
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.privacy.marks import Marks, NoMarks
from shared.storage.statements import Statement

_CASE = CASES.columns.keys()
_ADD_CASE = Statement(
    f"""
    INSERT INTO cases ({", ".join(_CASE)})
    VALUES ({", ".join(f":{name}" for name in _CASE)}) ON CONFLICT (id) DO NOTHING
    """  # noqa: S608 - our own columns
)


class PostgresCases:
    """The tables `cases` and `needs`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, case_id: UUID) -> CaseFile | None:
        return await self._case(select(CASES).where(CASES.c.id == case_id).with_for_update())

    async def read(self, case_id: UUID) -> CaseFile | None:
        return await self._case(select(CASES).where(CASES.c.id == case_id))

    async def find_by_need(self, need_id: UUID) -> UUID | None:
        found = await self._connection.execute(select(NEEDS.c.case_id).where(NEEDS.c.id == need_id))
        return found.scalar_one_or_none()

    async def count_alike(self, case: CaseFile) -> Alike:
        school, language = CASES.c.organisation_id == case.organisation_id, CASES.c.language == case.language
        families = func.count(distinct(func.coalesce(CASES.c.household_id, CASES.c.id)))
        of_both = families.filter(and_(school, language))
        query = select(families.filter(school), families.filter(language), of_both).where(
            CASES.c.age_band == case.age_band, CASES.c.state != CaseState.WITHDRAWN
        )
        if case.district is not None:
            query = query.where(CASES.c.district == case.district)
        found = (await self._connection.execute(query)).one()
        return Alike(school=found[0], language=found[1], both=found[2])

    async def add(self, case: CaseFile) -> None:
        await _ADD_CASE.rows(self._connection, case_values(case))

    async def save(self, case: CaseFile) -> None:
        await self._connection.execute(upsert(CASES, case_values(case)))
        others = delete(NEEDS).where(NEEDS.c.case_id == case.id, NEEDS.c.id.not_in(list(case.needs)))
        await self._connection.execute(others)
        if case.needs:
            await self._connection.execute(upsert(NEEDS, need_values(case)))

    async def forget(self, case_id: UUID) -> None:
        await self._connection.execute(delete(NEEDS).where(NEEDS.c.case_id == case_id))
        await self._connection.execute(delete(CASES).where(CASES.c.id == case_id))

    async def _case(self, query: Select[Any]) -> CaseFile | None:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        needs = await self._connection.execute(select(NEEDS).where(NEEDS.c.case_id == row.id))
        return case_of(row, needs.all())


class PostgresReferrals:
    """The tables `referrals` and `questions`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit

    async def read(self, referral_id: UUID) -> Referral | None:
        found = await self._list(select(REFERRALS).where(REFERRALS.c.id == referral_id))
        return found[0] if found else None

    async def list_of_case(self, case_id: UUID) -> list[Referral]:
        return await self._list(select(REFERRALS).where(REFERRALS.c.case_id == case_id).order_by(REFERRALS.c.id))

    async def list_of_need(self, need_id: UUID) -> list[Referral]:
        return await self._list(select(REFERRALS).where(REFERRALS.c.need_id == need_id).order_by(REFERRALS.c.id))

    async def list_page(self, query: ReferralQuery) -> ReferralPage:
        return read_page(list(await self._connection.execute(page_of(query))))

    async def save(self, referral: Referral) -> None:
        try:
            # Its own savepoint, so that the refusal leaves the transaction whole.
            async with self._unit.savepoint():
                await self._connection.execute(upsert(REFERRALS, referral_values(referral)))
        except IntegrityError as error:
            if ONE_ACTIVE_PER_NEED in str(error.orig):
                raise PartnerAlreadyActive from error
            raise

    async def count_open(self, service_ids: Collection[UUID]) -> Mapping[UUID, int]:
        query = (
            select(REFERRALS.c.service_id, func.count().label("open"))
            .where(REFERRALS.c.service_id.in_(list(service_ids)), REFERRALS.c.state.in_(sorted(TAKES_A_PLACE)))
            .group_by(REFERRALS.c.service_id)
        )
        return {row.service_id: row.open for row in await self._connection.execute(query)}

    async def count_handovers(self) -> Mapping[HandoverKind, int]:
        kind = REFERRALS.c.handover_kind
        counted = select(kind, func.count().label("number")).where(kind.is_not(None)).group_by(kind)
        return {HandoverKind(row.handover_kind): row.number for row in await self._connection.execute(counted)}

    async def list_questions(self, referral_id: UUID) -> list[PartnerQuestion]:
        of_referral = select(QUESTIONS).where(QUESTIONS.c.referral_id == referral_id).order_by(QUESTIONS.c.id)
        return [question_of(row) for row in await self._connection.execute(of_referral)]

    async def save_question(self, question: PartnerQuestion) -> None:
        await self._connection.execute(upsert(QUESTIONS, question_values(question)))

    async def forget_words(self, referral_ids: Collection[UUID]) -> None:
        await self._connection.execute(delete(QUESTIONS).where(QUESTIONS.c.referral_id.in_(referral_ids)))
        explained = REFERRALS.c.id.in_(referral_ids), REFERRALS.c.explanation != ""
        await self._connection.execute(update(REFERRALS).where(*explained).values(explanation=""))

    async def forget_case(self, case_id: UUID) -> None:
        await self._connection.execute(delete(QUESTIONS).where(QUESTIONS.c.case_id == case_id))
        await self._connection.execute(delete(REFERRALS).where(REFERRALS.c.case_id == case_id))

    async def _list(self, query: Select[Any]) -> list[Referral]:
        return [referral_of(row) for row in await self._connection.execute(query)]


class PostgresMatchingUnit(PostgresUnit):
    """One transaction of matching."""

    def __init__(self, context: UnitContext, calendar: Calendar, marks: Marks | None = None) -> None:
        super().__init__(context)
        self.calendar = calendar
        self.marks = marks or NoMarks()
        self.cases = PostgresCases(context.connection)
        self.referrals = PostgresReferrals(context, self)
        self.history = PostgresSearchHistory(context)
        self.organisations = PostgresOrganisations(context)
        self.services = PostgresServices(context, self)
        self.everyday_words = PostgresEverydayWords(context, self)
        self.missed_words = PostgresMissedWords(context)
        self.taken_rows = PostgresTakenRows(context)
        self.map_imports = PostgresMapImports(context, self)
        self.applications = PostgresApplications(context)
        self.proposals = PostgresProposals(context)
        self.people = PostgresPeople(context, self)
        self.contacts = PostgresContacts(context)
        self.hangings = PostgresHangings(context)
        self.person_history = PostgresPersonHistory(context)
        self.sign_ins = PostgresSignIns(self)
        self.second_factors = PostgresSecondFactors(self)
        self.members = PostgresMembers(context.connection)
        self.limits = PostgresLimits(context.connection)
        self.links = PostgresLinks(context.connection, context.now, context.ids)
        self.replies = PostgresReplies(context.connection, context.now)
