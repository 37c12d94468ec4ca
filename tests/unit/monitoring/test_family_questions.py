"""What a family asks on its own page does not wait in silence: after a term it is on the desk's list."""

from uuid import UUID

from shared.events.case_codes import FamilyQuestion
from shared.events.family_voice import FamilyAnswered, FamilyAsked
from shared.events.monitoring import EscalationReason
from tests.unit.monitoring.builders import AMBASSADOR, CASE, CODE, TUESDAY, an_id, request_received
from tests.unit.monitoring.twin import Monitoring

FIRST, SECOND = an_id("first question"), an_id("second question")
LATE = "family-ask-late"


def asked(question_id: UUID) -> FamilyAsked:
    return FamilyAsked(
        subject=CASE, occurred_at=TUESDAY, question_id=question_id, case_code=CODE, ambassador_id=AMBASSADOR,
        question=FamilyQuestion.NOT_RIGHT,
    )  # fmt: skip


def answered(question_id: UUID) -> FamilyAnswered:
    return FamilyAnswered(subject=CASE, occurred_at=TUESDAY, question_id=question_id, answered_by=AMBASSADOR)


async def unanswered(monitoring: Monitoring) -> bool:
    points = (await monitoring.watch()).open_escalations
    return EscalationReason.FAMILY_UNANSWERED in {one.reason for one in points}


async def test_question_that_nobody_talks_about_is_on_the_list_until_all_were_talked_about() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), asked(FIRST), asked(SECOND))
    assert {f"{LATE}:{FIRST}", f"{LATE}:{SECOND}"} <= (await monitoring.watch()).clocks.keys()
    assert not await unanswered(monitoring)

    await monitoring.days_pass(7)
    assert await unanswered(monitoring)
    await monitoring.consumes(answered(FIRST))
    assert await unanswered(monitoring)
    await monitoring.consumes(answered(SECOND))
    assert not await unanswered(monitoring)


async def test_question_that_was_talked_about_in_time_has_no_clock() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), asked(FIRST), answered(FIRST))
    assert not [key for key in (await monitoring.watch()).clocks if key.startswith(LATE)]
