"""The twins: everything that monitoring keeps, in dicts."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.ports import KeptWords
from services.monitoring.store.rows import NEVER, asked_now
from shared.events.http import FollowUpWords
from shared.events.monitoring import EscalationReason
from shared.kernel.working_time import Calendar
from shared.privacy.marks import KeyedMarks
from shared.unit_of_work import Timer
from tests.parts.keys import ring
from tests.twins.links import InMemoryLinks
from tests.twins.members import InMemoryMembers
from tests.twins.monitoring_board import InMemoryBoard, InMemorySavedViews, is_lost
from tests.twins.monitoring_desk import InMemoryNotes, InMemoryReadings, InMemoryReminders
from tests.twins.monitoring_in_hand import InMemoryFamiliesInHand
from tests.twins.replies import InMemoryReplies
from tests.twins.tables import MemoryTables
from tests.twins.unit_of_work import MemoryContext, MemoryUnit


def _copied(watch: Watch) -> Watch:
    """Its parts are immutable; what holds them is not."""
    return replace(
        watch,
        needs=dict(watch.needs),
        referrals=dict(watch.referrals),
        follow_ups=dict(watch.follow_ups),
        clocks=dict(watch.clocks),
        escalations=list(watch.escalations),
    )


def _copy(watch: Watch | None) -> Watch | None:
    return None if watch is None else _copied(watch)


class InMemoryWatches:
    """Watches by case."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Watch] = tables.table("watches")
        self._timers: dict[str, tuple[datetime, Timer]] = tables.table("timers")

    async def fetch(self, case_ids: Collection[UUID]) -> None:
        """All are at hand."""

    async def get(self, case_id: UUID) -> Watch | None:
        # Units in memory run one at a time, which is the lock.
        return _copy(self._rows.get(case_id))

    async def read(self, case_id: UUID) -> Watch | None:
        return _copy(self._rows.get(case_id))

    async def erase(self, case_id: UUID) -> None:
        self._rows.pop(case_id, None)

    async def save(self, watch: Watch) -> None:
        self._rows[watch.case_id] = _copied(watch)

    async def case_of_follow_up(self, follow_up_id: UUID) -> UUID | None:
        return next((case_id for case_id, watch in self._rows.items() if follow_up_id in watch.follow_ups), None)

    async def list_followed(self, organisation_id: UUID, after: UUID | None, limit: int) -> list[Watch]:
        found = (
            _copied(watch)
            for case_id, watch in sorted(self._rows.items())
            if watch.organisation_id == organisation_id
            and watch.follow_ups
            and watch.phase is not Phase.ON_HOLD
            and (after is None or case_id > after)
        )
        return list(found)[:limit]

    async def list_with_point(self, reason: EscalationReason, organisation_id: UUID, limit: int) -> list[Watch]:
        found = [
            (min(one.raised_at for one in watch.open_escalations), watch.case_id)
            for watch in self._rows.values()
            if watch.is_open and watch.organisation_id == organisation_id
            if any(one.reason is reason for one in watch.open_escalations)
        ]
        return [_copied(self._rows[case_id]) for _, case_id in sorted(found)][:limit]

    async def list_asked(self, person_id: UUID) -> list[UUID]:
        mine = [watch for watch in self._rows.values() if person_id in asked_now(watch)]
        return [watch.case_id for watch in sorted(mine, key=lambda one: (one.opened_at or NEVER, one.case_id))]

    async def list_without_next_step(self, limit: int) -> list[UUID]:
        return [case_id for case_id, watch in self._rows.items() if is_lost(watch)][:limit]

    async def list_without_timer(self, before: datetime, limit: int) -> list[UUID]:
        set_for = {(timer.subject, due_at) for due_at, timer in self._timers.values()}
        late = sorted(
            (clock.due_at, case_id)
            for case_id, watch in self._rows.items()
            if watch.is_open and (clock := watch.next_clock) and clock.due_at < before
        )
        return [case_id for due_at, case_id in late if (case_id, due_at) not in set_for][:limit]


class InMemoryTimeline:
    """Lines by case."""

    def __init__(self, tables: MemoryTables) -> None:
        self._lines: dict[UUID, tuple[TimelineEntry, ...]] = tables.table("timeline")

    async def add(self, entries: Sequence[TimelineEntry]) -> None:
        for entry in entries:
            self._lines[entry.case_id] = (*self._lines.get(entry.case_id, ()), entry)

    async def list_of_case(self, case_id: UUID) -> list[TimelineEntry]:
        return sorted(self._lines.get(case_id, ()), key=lambda entry: entry.occurred_at)

    async def erase(self, case_id: UUID) -> None:
        self._lines.pop(case_id, None)


class InMemoryDirectory:
    """People and organisations by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._names: dict[UUID, str] = tables.table("organisations")

    async def save_organisation(self, organisation_id: UUID, name: str) -> None:
        self._names[organisation_id] = name

    async def read_names(self, organisation_ids: Sequence[UUID]) -> dict[UUID, str]:
        return {one: self._names[one] for one in organisation_ids if one in self._names}


class InMemoryVault:
    """The vault of intake, when it is at hand: what it keeps nobody here reads."""

    async def keep(self, words: FollowUpWords) -> bool:
        return bool(words.words)


class MemoryMonitoringUnit(MemoryUnit):
    """One transaction of monitoring in memory."""

    def __init__(self, context: MemoryContext, calendar: Calendar, follow_up_words: KeptWords | None = None) -> None:
        super().__init__(context)
        self.watches = InMemoryWatches(context.tables)
        self.timeline = InMemoryTimeline(context.tables)
        self.notes = InMemoryNotes(context.tables)
        self.readings = InMemoryReadings(context.tables)
        self.in_hand = InMemoryFamiliesInHand(context.tables)
        self.reminders = InMemoryReminders(context.tables)
        self.directory = InMemoryDirectory(context.tables)
        self.board = InMemoryBoard(context.tables)
        self.saved_views = InMemorySavedViews(context.tables)
        self.members = InMemoryMembers(context.tables)
        self.links = InMemoryLinks(context.tables, context.now, context.ids)
        self.replies = InMemoryReplies(context.tables, context.now)
        self.calendar = calendar
        self.marks = KeyedMarks(ring("monitoring"))
        self.follow_up_words = follow_up_words or InMemoryVault()
