"""A new question of the family: whoever tells it first, its inventory has one term, and nobody loses sight of it."""

from datetime import timedelta

import pytest

from services.monitoring.domain.state import CaseState, state_of
from shared.events import intake
from shared.events.base import Event
from shared.events.monitoring import EscalationReason, FollowUpAnswer
from tests.unit.monitoring.builders import AMBASSADOR, CASE, closed, local, needs_assessed
from tests.unit.monitoring.test_follow_ups import asked
from tests.unit.monitoring.twin import Monitoring, answer, followed

INVENTORY_LATE = f"inventory-late:{CASE}"
TERM_OF_THE_ANSWER = local("2026-09-25 09:00")


def raised(monitoring: Monitoring) -> Event:
    """As intake publishes it: because of the answer, or of an ambassador on intake's own page."""
    return intake.NewQuestionRaised(subject=CASE, occurred_at=monitoring.now, raised_by=AMBASSADOR)


async def answered() -> Monitoring:
    """The ambassador answered, on 22 September at nine, that there is a new question."""
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.NEW_QUESTION)
    return monitoring


async def test_answer_starts_the_inventory_clock_before_intake_says_anything() -> None:
    monitoring = await answered()
    assert monitoring.published_names() == ["FollowUpRecorded"]
    assert monitoring.timers()[INVENTORY_LATE] == TERM_OF_THE_ANSWER
    assert state_of(await monitoring.watch()) is CaseState.AWAITING_INVENTORY


async def test_question_is_on_the_list_when_intake_stays_away_for_the_whole_term() -> None:
    monitoring = await answered()
    await monitoring.time_passes(TERM_OF_THE_ANSWER)
    assert [one.reason for one in (await monitoring.watch()).open_escalations] == [EscalationReason.INVENTORY_LATE]


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=1)])
async def test_intake_that_tells_the_answer_back_gives_no_more_time(later: timedelta) -> None:
    monitoring = await answered()
    await monitoring.time_passes(monitoring.now + later)
    await monitoring.consumes(raised(monitoring))
    assert monitoring.timers()[INVENTORY_LATE] == TERM_OF_THE_ANSWER


async def test_intake_that_tells_it_after_the_term_changes_nothing_on_the_list() -> None:
    monitoring = await answered()
    await monitoring.time_passes(TERM_OF_THE_ANSWER + timedelta(hours=1))
    monitoring.published()
    await monitoring.consumes(raised(monitoring))
    assert monitoring.published() == []
    assert INVENTORY_LATE not in monitoring.timers()


async def test_question_that_intake_tells_first_has_its_term_from_then() -> None:
    monitoring = await followed()
    await monitoring.consumes(raised(monitoring))
    assert monitoring.timers()[INVENTORY_LATE] == local("2026-09-11 10:00")


async def test_inventory_that_crosses_the_answer_does_not_answer_it() -> None:
    monitoring = await answered()
    await monitoring.consumes(needs_assessed(monitoring.now), raised(monitoring))
    assert monitoring.timers()[INVENTORY_LATE] == TERM_OF_THE_ANSWER
    assert state_of(await monitoring.watch()) is CaseState.AWAITING_INVENTORY


async def test_case_that_closed_before_intake_heard_the_answer_opens_again() -> None:
    monitoring = await answered()
    await monitoring.consumes(closed(monitoring.now))
    assert monitoring.timers() == {}
    await monitoring.consumes(raised(monitoring))
    assert monitoring.timers()[INVENTORY_LATE] == TERM_OF_THE_ANSWER
    watch = await monitoring.watch()
    assert (watch.is_open, state_of(watch)) == (True, CaseState.AWAITING_INVENTORY)
