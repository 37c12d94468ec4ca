"""What the board reads of a watch; the table keeps it in columns, the twin works it out."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from services.monitoring.domain.board import BoardFilter, BoardRow
from services.monitoring.domain.follow_up_questions import open_question
from services.monitoring.domain.lane import Lane, awake_points, lane_of, whom_to_call
from services.monitoring.domain.state import at_work, state_of
from services.monitoring.domain.watch import Phase, Watch
from shared.events.base import Beneficiary, Urgency

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
LANES: Final = tuple(Lane)
# After those of open cases.
ENDED_RANK: Final = len(LANES)
# Who searches "school" finds enough of them.
MOST_ORGANISATIONS: Final = 500


def board_row(watch: Watch) -> BoardRow:
    """The line of this case."""
    clock, points = watch.next_clock, watch.open_escalations
    waiting = [one.waits_until for one in points if one.waits_until]
    return BoardRow(
        case_id=watch.case_id,
        case_code=watch.case_code,
        state=state_of(watch),
        lane=lane_of(watch),
        urgency=watch.urgency,
        district=watch.district,
        categories=watch.categories,
        beneficiaries=_beneficiaries(watch),
        organisation_id=watch.organisation_id,
        at_work=at_work(watch),
        next_action_at=clock.due_at if clock else None,
        next_action=clock.kind if clock else None,
        reasons=tuple(dict.fromkeys(one.reason for one in [*awake_points(watch), *points])),
        level=max((one.level for one in points), default=0),
        owner_ids=tuple(dict.fromkeys(one.owner_id for one in points if one.owner_id)),
        waits_until=min(waiting, default=None),
        call_id=whom_to_call(watch),
        urgency_rank=_urgency_rank(watch),
        waits_since=min((one.raised_at for one in points), default=watch.opened_at or NEVER),
        out_of_sight_since=watch.out_of_sight_since,
        opened_at=watch.opened_at or NEVER,
    )


def lane_rank(lane: Lane | None) -> int:
    """The place of a lane on the board."""
    return ENDED_RANK if lane is None else LANES.index(lane)


def without_owner(watch: Watch) -> bool:
    """Whether a point is open that nobody of the desk has."""
    return any(one.owner_id is None for one in watch.open_escalations)


def asked_now(watch: Watch) -> list[UUID]:
    """Who was asked how it goes, while nobody answered yet."""
    if open_question(watch) is None:
        return []
    return [one for one in (watch.ambassador_id, watch.second_reader_id) if one is not None]


def wanted_phases(wanted: BoardFilter) -> set[Phase]:
    """Open cases, and when asked or searched those that ended; never those that were erased."""
    ended = {Phase.CLOSED, Phase.WITHDRAWN}
    return {Phase.OPEN} | (ended if wanted.with_ended or wanted.text else set())


def letters_of(text: str) -> str:
    """What of it may stand in a case code, as that is searched: no hyphen, one case."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def searched_numbers(watch: Watch) -> str:
    """The case's code and the numbers by which partners know its referrals, as they are searched."""
    return " ".join(map(letters_of, watch.numbers))


def folded(text: str) -> str:
    """As names are searched: without accents, in one case, with single spaces."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(plain.casefold().split())


def _beneficiaries(watch: Watch) -> tuple[Beneficiary, ...]:
    named = [one for one in watch.needs.values() if not one.dropped]
    return tuple(dict.fromkeys(one.beneficiary for one in named))


def _urgency_rank(watch: Watch) -> int:
    """A child that is out of sight waits as little as what is needed today."""
    return 0 if watch.out_of_sight_since else list(Urgency).index(watch.urgency or Urgency.NORMAL)
