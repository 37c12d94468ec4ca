"""A child that grew out of its consent: the desk sees why nobody is asked, until there is a new one."""

from services.monitoring.domain.clocks import ClockKind
from shared.events import intake
from shared.events.base import ConsentGiver
from shared.events.monitoring import ChildOutOfSight, EscalationReason, EscalationRepeated
from tests.unit.monitoring.builders import AMBASSADOR, CASE, CODE, TUESDAY, needs_assessed, request_received
from tests.unit.monitoring.test_holding import SET, lifted
from tests.unit.monitoring.twin import Monitoring

OUTGROWN = intake.ConsentOutgrown(
    subject=CASE, occurred_at=TUESDAY, case_code=CODE, ambassador_id=AMBASSADOR,
    asked_of=ConsentGiver.YOUNG_PERSON,
)  # fmt: skip
RENEWED = intake.ConsentRenewed(subject=CASE, occurred_at=TUESDAY, given_by=ConsentGiver.YOUNG_PERSON)


async def listed(monitoring: Monitoring) -> list[EscalationReason]:
    return [one.reason for one in (await monitoring.watch()).open_escalations]


async def test_point_stands_until_there_is_a_new_consent_and_matching_is_waited_for_again() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), OUTGROWN)
    assert EscalationReason.CONSENT_OUTGROWN in await listed(monitoring)
    assert ClockKind.MATCHING_LATE not in {one.kind for one in (await monitoring.watch()).clocks.values()}
    await monitoring.consumes(RENEWED)
    assert EscalationReason.CONSENT_OUTGROWN not in await listed(monitoring)
    assert ClockKind.MATCHING_LATE in {one.kind for one in (await monitoring.watch()).clocks.values()}


async def test_point_comes_back_louder_and_a_child_that_nobody_acts_for_is_out_of_sight() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), OUTGROWN)
    monitoring.published()
    await monitoring.days_pass(60)
    told = monitoring.published()
    assert any(isinstance(one, EscalationRepeated) and one.reason is EscalationReason.CONSENT_OUTGROWN for one in told)
    assert any(isinstance(one, ChildOutOfSight) for one in told)


async def test_what_is_outgrown_while_a_case_stands_still_comes_on_the_list_when_it_goes_on() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), SET, OUTGROWN)
    assert EscalationReason.CONSENT_OUTGROWN not in await listed(monitoring)
    await monitoring.consumes(lifted(monitoring))
    assert EscalationReason.CONSENT_OUTGROWN in await listed(monitoring)


async def test_child_that_grows_twice_is_told_of_twice() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), OUTGROWN, RENEWED)
    await monitoring.days_pass(1)
    again = OUTGROWN.model_copy(update={"occurred_at": monitoring.now})
    await monitoring.consumes(again, again)
    assert (await listed(monitoring)).count(EscalationReason.CONSENT_OUTGROWN) == 1
