"""What the board measures, and whose answer is waited for: the same on PostgreSQL and in memory."""

from datetime import timedelta

from services.monitoring.commands import AnswerFollowUp
from services.monitoring.domain.board import BoardFilter
from services.monitoring.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.follow_ups import answer_follow_up
from services.monitoring.ports import MonitoringUnit
from shared.events import matching, referral_codes
from shared.events.monitoring import FollowUpAnswer
from shared.unit_of_work import Units
from tests.integration.monitoring.consuming import consumes
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    SCHOOL,
    TUESDAY,
    an_id,
    handed_over,
    partner_activated,
    referral,
    request_received,
)

OTHER = an_id("other case")


async def test_pace_is_measured_from_the_request_on(units: Units[MonitoringUnit]) -> None:
    for hours, case in enumerate((CASE, OTHER, an_id("third case")), 1):
        later = TUESDAY + timedelta(hours=10 * hours)
        declined = matching.PartnerDeclined(
            subject=case, occurred_at=later, **referral(), reason=referral_codes.DeclineReason.NO_CAPACITY
        )
        await consumes(units, request_received(case=case), partner_activated(case=case), declined)
    async with units.begin() as unit:
        pace = await unit.board.read_pace(BoardFilter(category="bike", asked_from=TUESDAY))
        nothing = await unit.board.read_pace(BoardFilter(asked_before=TUESDAY))
    assert (pace.answer.cases, pace.answer.median, pace.answer.ninetieth) == (
        3,
        timedelta(hours=20),
        timedelta(hours=28),
    )
    assert (pace.help.cases, pace.help.median, pace.warm_share) == (0, None, None)
    assert (nothing.answer.cases, nothing.answer.median) == (0, None)


async def test_share_of_warm_and_cold_is_counted(units: Units[MonitoringUnit]) -> None:
    cold = referral_codes.HandoverKind.COLD
    await consumes(units, partner_activated(), handed_over(TUESDAY), partner_activated(name="second", need="lessons"))
    await consumes(units, handed_over(TUESDAY, cold, "second", need="lessons"))
    async with units.begin() as unit:
        pace = await unit.board.read_pace(BoardFilter())
    assert (pace.warm, pace.cold, pace.warm_share) == (1, 1, 50)


async def test_whoever_was_asked_finds_the_question_until_it_is_answered(units: Units[MonitoringUnit]) -> None:
    async with units.begin() as unit:
        watch = Watch(CASE, CODE, ambassador_id=AMBASSADOR, second_reader_id=SCHOOL, opened_at=TUESDAY)
        asked = FollowUp(an_id("asked"), 1, FollowUpKind.PLAN, TUESDAY, FollowUpState.ASKED, asked_at=TUESDAY)
        watch.follow_ups[asked.follow_up_id] = asked
        await unit.watches.save(watch)
    async with units.begin() as unit:
        assert [await unit.watches.list_asked(one) for one in (AMBASSADOR, SCHOOL, OTHER)] == [[CASE], [CASE], []]
        await answer_follow_up(AnswerFollowUp(asked.follow_up_id, FollowUpAnswer.GOING_WELL, SCHOOL), unit)
    async with units.begin() as unit:
        assert await unit.watches.list_asked(AMBASSADOR) == []
