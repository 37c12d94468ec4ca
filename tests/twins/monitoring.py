"""The twins: everything that monitoring keeps, in dicts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil, floor
from uuid import UUID

from services.monitoring.domain.measures import handovers_of
from services.monitoring.domain.state import at_work
from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.ports import BoardFigures, BoardFilter, BoardRow, KeptWords, PaceFigures, StepPace
from services.monitoring.store.rows import NEVER, RINGING, asked_now, board_row, wanted_phases
from shared.events.http import FollowUpWords
from shared.events.referral_codes import HandoverKind
from shared.kernel.working_time import Calendar
from shared.unit_of_work import Parked, Timer
from tests.twins.links import InMemoryLinks
from tests.twins.members import InMemoryMembers
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


def _is_lost(watch: Watch, now: datetime | None = None) -> bool:
    """Whether an open case has no next step: no clock that still has to ring."""
    if not watch.is_open:
        return False
    clock = watch.next_clock
    return clock is None or (now is not None and clock.due_at < now - RINGING)


def _sort_key(row: BoardRow) -> tuple[bool, int, datetime, UUID]:
    """On the coordinator's list first, by urgency and then age."""
    return (not row.reasons, row.urgency_rank, row.waits_since, row.case_id)


def _percentile(spans: list[float], share: float) -> timedelta | None:
    """Between the two nearest, as PostgreSQL's percentile_cont has it."""
    if not spans:
        return None
    place = share * (len(spans) - 1)
    below = spans[floor(place)]
    return timedelta(seconds=below + (spans[ceil(place)] - below) * (place - floor(place)))


def _step(watches: list[Watch], step: str) -> StepPace:
    ends = ((getattr(watch, step), watch.opened_at) for watch in watches)
    spans = sorted((end - start).total_seconds() for end, start in ends if end and start)
    return StepPace(len(spans), _percentile(spans, 0.5), _percentile(spans, 0.9))


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

    async def is_erased(self, case_id: UUID) -> bool:
        watch = self._rows.get(case_id)
        return watch is not None and watch.phase is Phase.ERASED

    async def save(self, watch: Watch) -> None:
        self._rows[watch.case_id] = _copied(watch)

    async def case_of_follow_up(self, follow_up_id: UUID) -> UUID | None:
        return next((case_id for case_id, watch in self._rows.items() if follow_up_id in watch.follow_ups), None)

    async def list_followed(self, organisation_id: UUID, after: UUID | None, limit: int) -> list[Watch]:
        found = (
            _copied(watch)
            for case_id, watch in sorted(self._rows.items())
            if watch.organisation_id == organisation_id and watch.follow_ups and (after is None or case_id > after)
        )
        return list(found)[:limit]

    async def list_asked(self, person_id: UUID) -> list[UUID]:
        mine = [watch for watch in self._rows.values() if person_id in asked_now(watch)]
        return [watch.case_id for watch in sorted(mine, key=lambda one: (one.opened_at or NEVER, one.case_id))]

    async def list_without_next_step(self, limit: int) -> list[UUID]:
        return [case_id for case_id, watch in self._rows.items() if _is_lost(watch)][:limit]

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


class InMemoryBoard:
    """The board, worked out from the watches."""

    def __init__(self, tables: MemoryTables) -> None:
        self._watches: dict[UUID, Watch] = tables.table("watches")
        self._parked: dict[str, Parked] = tables.table("parked_events")

    async def list_cases(self, wanted: BoardFilter, *, limit: int, offset: int = 0) -> list[BoardRow]:
        return sorted(self._wanted(wanted), key=_sort_key)[offset : offset + limit]

    async def count_cases(self, wanted: BoardFilter) -> int:
        return len(list(self._wanted(wanted)))

    async def read_figures(self, now: datetime) -> BoardFigures:
        watches = [watch for watch in self._watches.values() if watch.is_open]
        return BoardFigures(
            open_cases=len(watches),
            stuck=sum(bool(watch.open_escalations) for watch in watches),
            out_of_sight=sum(watch.out_of_sight_since is not None for watch in watches),
            without_next_step=sum(_is_lost(watch, now) for watch in watches),
            parked_events=len(self._parked),
        )

    async def read_pace(self, wanted: BoardFilter) -> PaceFigures:
        of_these = replace(wanted, state=None, organisation_id=None, stuck_only=False, with_ended=True)
        watches = [self._watches[row.case_id] for row in self._wanted(of_these)]
        answer, contact, helped = (_step(watches, f"first_{step}_at") for step in ("answer", "contact", "help"))
        warm, cold = (sum(handovers_of(watch, kind) for watch in watches) for kind in HandoverKind)
        return PaceFigures(answer, contact, helped, warm, cold)

    async def organisations_at_work(self) -> list[UUID]:
        return sorted({one for watch in self._watches.values() if watch.is_open for one in at_work(watch)})

    def _wanted(self, wanted: BoardFilter) -> Iterator[BoardRow]:
        for watch in self._watches.values():
            row = board_row(watch)
            if (
                watch.phase in wanted_phases(wanted)
                and wanted.district in {None, row.district}
                and (wanted.category is None or wanted.category in row.categories)
                and (wanted.asked_from is None or row.opened_at >= wanted.asked_from)
                and (wanted.asked_before is None or row.opened_at < wanted.asked_before)
                and wanted.state in {None, row.state}
                and (wanted.organisation_id is None or wanted.organisation_id in {row.organisation_id, *row.at_work})
                and (row.reasons or not wanted.stuck_only)
            ):
                yield row


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
        self.directory = InMemoryDirectory(context.tables)
        self.board = InMemoryBoard(context.tables)
        self.members = InMemoryMembers(context.tables)
        self.links = InMemoryLinks(context.tables, context.now, context.ids)
        self.replies = InMemoryReplies(context.tables, context.now)
        self.calendar = calendar
        self.follow_up_words = follow_up_words or InMemoryVault()
