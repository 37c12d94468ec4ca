"""What the board reads of a watch; the table keeps it in columns, the twin works it out."""

from datetime import UTC, datetime, timedelta

from services.monitoring.domain.state import at_work, state_of
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.ports import BoardFilter, BoardRow

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
        organisation_id=watch.organisation_id,
        at_work=at_work(watch),
        next_action_at=clock.due_at if clock else None,
        next_action=clock.kind if clock else None,
        reasons=tuple(dict.fromkeys(one.reason for one in watch.open_escalations)),
        out_of_sight_since=watch.out_of_sight_since,
        opened_at=watch.opened_at or NEVER,
    )


def wanted_phases(wanted: BoardFilter) -> set[Phase]:
    """Open cases, and when asked those that ended; never those that were erased."""
    ended = {Phase.CLOSED, Phase.WITHDRAWN}
    return {Phase.OPEN} | (ended if wanted.with_ended else set())
