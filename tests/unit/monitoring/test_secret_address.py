"""A secret address: on the board and in what is published the case is of no district, also when late word tells one."""

from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.events.base import Urgency
from shared.events.family_safety import AddressHidden, AddressShown
from shared.events.monitoring import EscalationRaised, FollowUpDue
from shared.messaging.subscriptions import by_event
from tests.unit.monitoring.builders import (
    CASE,
    TUESDAY,
    a_need,
    corrected,
    needs_assessed,
    no_partner_found,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring

HIDDEN = AddressHidden(subject=CASE, occurred_at=TUESDAY)
SHOWN = AddressShown(subject=CASE, occurred_at=TUESDAY, district="oost")


async def test_district_is_forgotten_and_late_word_of_matching_does_not_bring_it_back() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received())
    assert (await monitoring.watch()).district is not None
    await monitoring.consumes(HIDDEN, partner_activated(TUESDAY), no_partner_found())
    assert (await monitoring.watch()).district is None
    told = [one for one in monitoring.published() if isinstance(one, EscalationRaised | FollowUpDue)]
    assert told
    assert {one.district for one in told} == {None}


async def test_what_is_said_in_the_very_batch_that_hides_it_says_no_district() -> None:
    monitoring = Monitoring()
    handlers = by_event(SUBSCRIPTIONS)
    async with monitoring.units.begin() as unit:
        for event in (request_received(needs=(a_need(Urgency.TODAY),)), HIDDEN):
            await handlers[type(event)](event, unit)
    told = [one for one in monitoring.published() if isinstance(one, EscalationRaised)]
    assert [one.district for one in told] == [None]


async def test_word_of_matching_that_comes_first_is_believed_until_intake_speaks() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(partner_activated(TUESDAY))
    assert (await monitoring.watch()).district is not None
    hidden = request_received().model_copy(update={"district": None})
    await monitoring.consumes(hidden)
    assert (await monitoring.watch()).district is None


async def test_shown_again_it_is_on_the_board_again_and_neither_is_on_the_timeline() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(TUESDAY), HIDDEN, SHOWN)
    assert (await monitoring.watch()).district == "oost"
    lines = str(monitoring.units.tables.table("timeline"))
    assert "address" not in lines


async def test_district_that_was_written_down_wrongly_is_the_right_one_from_then_on() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(TUESDAY), corrected(district="west"))
    assert (await monitoring.watch()).district == "west"
    await monitoring.consumes(HIDDEN, corrected(district=None))
    assert (await monitoring.watch()).district is None
