"""Notify's tables in memory: the twin of `store.repositories`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.notify.domain.appointment import Entry, Occasion
from services.notify.domain.message import Message, MessageState
from services.notify.domain.moments import Preferences
from services.notify.domain.outcome import Reason
from shared.kernel.dutch_calendar import DutchCalendar
from tests.twins.members import InMemoryMembers
from tests.twins.notify_overview import InMemoryOverview
from tests.twins.notify_receiving import InMemoryClosedQuestions, InMemoryReceivedMails, InMemoryReplyDrafts
from tests.twins.tables import MemoryTables
from tests.twins.unit_of_work import MemoryContext, MemoryUnit


class InMemoryMessages:
    """Messages in a dict."""

    def __init__(self, tables: MemoryTables, now: datetime) -> None:
        self._rows: dict[UUID, Message] = tables.table("messages")
        self._now = now

    async def add(self, message: Message) -> bool:
        key = _key(message)
        if any(_key(row) == key for row in self._rows.values()):
            return False
        self._rows[message.id] = replace(message)
        return True

    async def get(self, message_id: UUID) -> Message | None:
        return (await self.get_each([message_id])).get(message_id)

    async def get_each(self, message_ids: Iterable[UUID]) -> dict[UUID, Message]:
        return {id_: replace(self._rows[id_]) for id_ in message_ids if id_ in self._rows}

    async def save(self, messages: Sequence[Message]) -> None:
        self._rows.update({message.id: replace(message, parts=()) for message in messages})

    async def forget_fact(self, case_id: UUID, fact: str) -> None:
        for row in await self.get_of_case(case_id):
            facts = {name: value for name, value in row.draft.facts.items() if name != fact}
            self._rows[row.id] = replace(row, draft=replace(row.draft, facts=facts))

    async def get_due(self, limit: int, in_hand: Collection[UUID]) -> list[Message]:
        found = [row for row in self._rows.values() if row.id not in in_hand and self._is_due(row)]
        return [replace(row) for row in sorted(found, key=_order)[:limit]]

    async def get_of_case(self, case_id: UUID) -> list[Message]:
        return [replace(row) for row in self._rows.values() if row.draft.case_id == case_id]

    async def get_about(self, about_id: UUID) -> list[Message]:
        found = [replace(row) for row in self._rows.values() if row.draft.about_id == about_id]
        return sorted(found, key=lambda row: row.queued_at)

    async def get_held(self, recipient_id: UUID, held_with: str) -> list[Message]:
        found = [row for row in self._rows.values() if row.state is MessageState.HELD and row.part_of is None]
        mine = [row for row in found if (row.draft.recipient_id, row.held_with) == (recipient_id, held_with)]
        return sorted(map(replace, mine), key=lambda row: (row.queued_at, row.id))

    async def list_late(self, before: datetime) -> list[tuple[UUID, str]]:
        held = [row for row in self._rows.values() if row.state is MessageState.HELD and row.part_of is None]
        late = [row for row in held if row.held_until is not None and row.held_until < before]
        return sorted({(row.draft.recipient_id, row.held_with or "") for row in late})

    async def get_parts(self, digest_id: UUID) -> list[Message]:
        found = [replace(row) for row in self._rows.values() if row.part_of == digest_id]
        return sorted(found, key=lambda row: (row.queued_at, row.id))

    async def delete_case(self, case_id: UUID) -> int:
        return self._delete([row for row in self._rows.values() if case_id in {row.draft.case_id, row.draft.about_id}])

    async def delete(self, message_ids: Collection[UUID]) -> int:
        return self._delete([row for id_, row in self._rows.items() if id_ in message_ids])

    async def delete_settled(self, before: datetime) -> int:
        return self._delete([row for row in self._rows.values() if row.settled_at and row.settled_at < before])

    def _delete(self, rows: Sequence[Message]) -> int:
        for row in rows:
            del self._rows[row.id]
        return len(rows)

    def _is_due(self, row: Message) -> bool:
        if row.state is MessageState.SENDING:
            return row.lease_until is not None and row.lease_until <= self._now
        return row.next_attempt_at is not None and row.next_attempt_at <= self._now


def _key(message: Message) -> tuple[str, str, UUID]:
    return message.draft.occasion, message.draft.mail.template, message.draft.recipient_id


def _order(row: Message) -> tuple[bool, datetime, UUID]:
    return (
        not row.draft.mail.goes_first,
        row.next_attempt_at or row.lease_until or row.queued_at,
        row.id,
    )


class InMemoryOrganisations:
    """Names in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, str] = tables.table("organisation_names")

    async def save(self, organisation_id: UUID, name: str) -> None:
        self._rows[organisation_id] = name

    async def get_name(self, organisation_id: UUID) -> str | None:
        return self._rows.get(organisation_id)


class InMemoryPreferences:
    """Preferences in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Preferences] = tables.table("preferences")

    async def get(self, person_id: UUID) -> Preferences:
        return self._rows.get(person_id, Preferences(person_id))

    async def list_codes_only(self, person_ids: Collection[UUID]) -> set[UUID]:
        return {row.person_id for row in self._rows.values() if row.codes_only and row.person_id in person_ids}

    async def save(self, preferences: Preferences) -> None:
        self._rows[preferences.person_id] = preferences


class InMemoryAppointments:
    """Entries in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Entry] = tables.table("appointments")

    async def get(self, about_id: UUID, reader_id: UUID, occasion: Occasion) -> Entry | None:
        found = [row for row in await self.list_about(about_id) if row.reader_id == reader_id]
        return next((row for row in found if row.appointment.occasion is occasion), None)

    async def list_about(self, about_id: UUID) -> list[Entry]:
        return [self._rows[id_] for id_ in sorted(self._rows) if self._rows[id_].about_id == about_id]

    async def list_of_case(self, case_id: UUID) -> list[Entry]:
        return [self._rows[id_] for id_ in sorted(self._rows) if self._rows[id_].case_id == case_id]

    async def save(self, entry: Entry) -> None:
        self._rows[entry.appointment.id] = entry

    async def delete_case(self, case_id: UUID) -> int:
        gone = await self.list_of_case(case_id)
        for entry in gone:
            del self._rows[entry.appointment.id]
        return len(gone)


class InMemoryHeartbeats:
    """Heartbeats in a dict."""

    def __init__(self, tables: MemoryTables, now: datetime) -> None:
        self._rows: dict[str, datetime] = tables.table("heartbeats")
        self._now = now

    async def beat(self, job: str) -> None:
        self._rows[job] = self._now

    async def last(self, job: str) -> datetime | None:
        return self._rows.get(job)


class InMemoryEndedCases:
    """Ended cases in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Reason] = tables.table("ended_cases")
        self._secret: dict[UUID, bool] = tables.table("secret_addresses")

    async def end(self, case_id: UUID, reason: Reason) -> None:
        self._rows[case_id] = reason

    async def hold(self, case_ids: Collection[UUID], *, alone: Collection[UUID] = ()) -> None:
        """One transaction at a time."""

    async def reopen(self, case_id: UUID, reason: Reason) -> None:
        if self._rows.get(case_id) is reason:
            del self._rows[case_id]

    async def forget_case(self, case_id: UUID) -> None:
        self._rows.pop(case_id, None)
        self._secret.pop(case_id, None)

    async def hide_address(self, case_id: UUID) -> None:
        self._secret[case_id] = True

    async def show_address(self, case_id: UUID) -> None:
        self._secret.pop(case_id, None)

    async def has_secret_address(self, case_id: UUID) -> bool:
        return case_id in self._secret

    async def count(self, reason: Reason) -> int:
        return sum(one is reason for one in self._rows.values())

    async def get_reason(self, case_id: UUID) -> Reason | None:
        return self._rows.get(case_id)


class MemoryNotifyUnit(MemoryUnit):
    """One transaction of notify in memory."""

    def __init__(self, context: MemoryContext) -> None:
        super().__init__(context)
        self.calendar = DutchCalendar()
        self.messages = InMemoryMessages(context.tables, context.now)
        self.members = InMemoryMembers(context.tables)
        self.organisations = InMemoryOrganisations(context.tables)
        self.preferences = InMemoryPreferences(context.tables)
        self.appointments = InMemoryAppointments(context.tables)
        self.heartbeats = InMemoryHeartbeats(context.tables, context.now)
        self.ended_cases = InMemoryEndedCases(context.tables)
        self.overview = InMemoryOverview(context.tables)
        self.received = InMemoryReceivedMails(context.tables)
        self.reply_drafts = InMemoryReplyDrafts(context.tables)
        self.closed_questions = InMemoryClosedQuestions(context.tables, context.now)
