"""What the board reads of a watch; the table keeps it in columns, the twin works it out."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.monitoring.domain.follow_up_questions import open_question
from services.monitoring.domain.state import at_work, state_of
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.ports import BoardFilter, BoardRow
from shared.events.base import Urgency

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
# A clock that rings is handled within seconds; later than this it does not count as a next step any more.
RINGING = timedelta(seconds=60)


def board_row(watch: Watch) -> BoardRow:
    """The line of this case."""
    clock = watch.next_clock
    return BoardRow(
        case_id=watch.case_id,
        case_code=watch.case_code,
        state=state_of(watch),
        urgency=watch.urgency,
        district=watch.district,
        categories=watch.categories,
        organisation_id=watch.organisation_id,
        at_work=at_work(watch),
        next_action_at=clock.due_at if clock else None,
        next_action=clock.kind if clock else None,
        reasons=tuple(dict.fromkeys(one.reason for one in watch.open_escalations)),
        level=max((one.level for one in watch.open_escalations), default=0),
        urgency_rank=_urgency_rank(watch),
        waits_since=min((one.raised_at for one in watch.open_escalations), default=watch.opened_at or NEVER),
        out_of_sight_since=watch.out_of_sight_since,
        opened_at=watch.opened_at or NEVER,
    )


def asked_now(watch: Watch) -> list[UUID]:
    """Who was asked how it goes, while nobody answered yet."""
    if open_question(watch) is None:
        return []
    return [one for one in (watch.ambassador_id, watch.second_reader_id) if one is not None]


def _urgency_rank(watch: Watch) -> int:
    """A child that is out of sight waits as little as what is needed today."""
    return 0 if watch.out_of_sight_since else list(Urgency).index(watch.urgency or Urgency.NORMAL)


def wanted_phases(wanted: BoardFilter) -> set[Phase]:
    """Open cases, and when asked those that ended; never those that were erased."""
    ended = {Phase.CLOSED, Phase.WITHDRAWN}
    return {Phase.OPEN} | (ended if wanted.with_ended else set())
