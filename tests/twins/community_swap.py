"""The twins of who goes along to an appointment, and of what organisations ask and offer each other."""

from collections.abc import Collection
from copy import copy
from datetime import date
from uuid import UUID

from services.community.domain.company import OPEN, Companion, CompanionAsk, Company, Moment
from services.community.domain.notice import Notice, NoticeState, Reply
from tests.twins.tables import MemoryTables


class InMemoryCompanions:
    """Who goes along by person, and who was asked."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Companion] = tables.table("companions")
        self._asks: dict[tuple[UUID, UUID], CompanionAsk] = tables.table("companion_asks")

    async def get(self, person_id: UUID) -> Companion | None:
        return self._rows.get(person_id)

    async def save(self, companion: Companion) -> None:
        self._rows[companion.person_id] = companion

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)
        for key in [one for one in self._asks if one[1] == person_id]:
            del self._asks[key]

    async def hold_all(self) -> list[Companion]:
        return sorted(self._rows.values(), key=lambda one: one.person_id)

    async def list_asks(self) -> list[CompanionAsk]:
        return sorted(self._asks.values(), key=lambda one: (one.asked_at, one.person_id))

    async def add_ask(self, ask: CompanionAsk) -> None:
        self._asks[ask.company_id, ask.person_id] = ask


class InMemoryCompanies:
    """Bookings by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Company] = tables.table("companies")
        self._asks: dict[tuple[UUID, UUID], CompanionAsk] = tables.table("companion_asks")

    async def get(self, company_id: UUID) -> Company | None:
        return await self.read(company_id)

    async def read(self, company_id: UUID) -> Company | None:
        found = self._rows.get(company_id)
        return copy(found) if found else None

    async def save(self, company: Company) -> None:
        self._rows[company.id] = copy(company)

    async def list_of(self, person_id: UUID) -> list[Company]:
        theirs = (copy(one) for one in self._rows.values() if person_id in {one.booked_by, one.person_id})
        return sorted(theirs, key=lambda one: (one.moment.day, one.id))

    async def list_busy(self, moment: Moment) -> list[UUID]:
        then = (one for one in self._rows.values() if one.moment == moment and one.state in OPEN)
        return sorted(one.person_id for one in then if one.person_id)

    async def remove(self, company_id: UUID) -> None:
        self._rows.pop(company_id, None)
        for key in [one for one in self._asks if one[0] == company_id]:
            del self._asks[key]

    async def forget_before(self, day: date) -> None:
        for one in list(self._rows.values()):
            if one.moment.day < day:
                await self.remove(one.id)


class InMemoryNotices:
    """Asks and offers by id, and their replies."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Notice] = tables.table("notices")
        self._replies: dict[UUID, Reply] = tables.table("replies")

    async def get(self, notice_id: UUID) -> Notice | None:
        found = self._rows.get(notice_id)
        return copy(found) if found else None

    async def save(self, notice: Notice) -> None:
        self._rows[notice.id] = copy(notice)

    async def list_open(self, today: date) -> list[Notice]:
        shown = (copy(one) for one in self._rows.values() if one.is_open(today))
        return sorted(shown, key=lambda one: (one.wanted.until, one.id))

    async def list_of(self, organisation_id: UUID) -> list[Notice]:
        theirs = sorted(
            (copy(one) for one in self._rows.values() if one.organisation_id == organisation_id), key=lambda one: one.id
        )
        return sorted(theirs, key=lambda one: one.placed_at, reverse=True)

    async def list_past(self, today: date, limit: int) -> list[UUID]:
        past = (one for one in self._rows.values() if one.state is NoticeState.OPEN and one.wanted.until < today)
        return [one.id for one in sorted(past, key=lambda one: (one.wanted.until, one.id))][:limit]

    async def add_reply(self, reply: Reply) -> bool:
        pair = (reply.notice_id, reply.organisation_id)
        if any((one.notice_id, one.organisation_id) == pair for one in self._replies.values()):
            return False
        await self.save_reply(reply)
        return True

    async def read_reply(self, reply_id: UUID) -> Reply | None:
        found = self._replies.get(reply_id)
        return copy(found) if found else None

    async def save_reply(self, reply: Reply) -> None:
        self._replies[reply.id] = copy(reply)

    async def list_replies(self, notice_ids: Collection[UUID]) -> list[Reply]:
        theirs = (copy(one) for one in self._replies.values() if one.notice_id in notice_ids)
        return sorted(theirs, key=lambda one: (one.replied_at, one.id))

    async def list_replies_of(self, organisation_id: UUID) -> list[tuple[Reply, Notice]]:
        theirs = [copy(one) for one in self._replies.values() if one.organisation_id == organisation_id]
        in_order = sorted(theirs, key=lambda one: (one.replied_at, one.id))
        return [(one, copy(self._rows[one.notice_id])) for one in in_order]

    async def forget_before(self, day: date) -> None:
        self._forget({one.id for one in self._rows.values() if one.wanted.until < day})

    async def forget_person(self, person_id: UUID) -> None:
        self._forget({one.id for one in self._rows.values() if one.placed_by == person_id})
        for one in list(self._replies.values()):
            if person_id in {one.replied_by, one.answered_by}:
                del self._replies[one.id]

    def _forget(self, notice_ids: Collection[UUID]) -> None:
        for one in list(self._replies.values()):
            if one.notice_id in notice_ids:
                del self._replies[one.id]
        for notice_id in notice_ids:
            del self._rows[notice_id]
