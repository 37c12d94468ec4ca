"""Points on the desk's list that get an owner: who reads of it, and in whose list it stands."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from services.notify.domain.message import Message, MessageState
from shared.events import monitoring
from shared.events.base import Role
from shared.events.desk_codes import WaitReason
from tests.parts.people import listed
from tests.unit.notify import builders, network
from tests.unit.notify.builders import COLLEAGUE, COORDINATOR, NOW, SCHOOL
from tests.unit.notify.twin import Notify

LATER = NOW + timedelta(minutes=1)
DESK = [listed(one, SCHOOL, Role.COORDINATOR, at=NOW) for one in (COORDINATOR, COLLEAGUE)]


def waiting(notify: Notify) -> list[tuple[UUID, str]]:
    """What still is to be read, by whom."""
    states = {MessageState.HELD, MessageState.QUEUED}
    return sorted((one.draft.recipient_id, one.draft.mail.template) for one in notify.messages() if one.state in states)


def only(notify: Notify, template: str) -> Message:
    (found,) = (one for one in notify.messages() if one.draft.mail.template == template)
    return found


@pytest.mark.parametrize(("at_once", "state"), [(True, MessageState.QUEUED), (False, MessageState.HELD)])
async def test_owner_reads_that_a_colleague_gave_the_point_and_nobody_else_reads_of_it_any_more(
    notify: Notify, state: MessageState, *, at_once: bool
) -> None:
    await notify.given(*DESK, builders.point(monitoring.EscalationRaised))
    given = network.point_assigned(COORDINATOR, by=COLLEAGUE, at=LATER, at_once=at_once)
    await notify.given(given, given)

    assert waiting(notify) == [(COORDINATOR, "point-assigned")]
    assert only(notify, "point-assigned").state is state


async def test_who_takes_a_point_reads_nothing_new_and_keeps_it_in_the_list(notify: Notify) -> None:
    await notify.given(*DESK, builders.point(monitoring.EscalationRaised))
    await notify.given(network.point_assigned(COORDINATOR, by=COORDINATOR, at=LATER))

    assert waiting(notify) == [(COORDINATOR, "desk-point")]


async def test_owner_who_did_nothing_reads_that_the_point_is_for_everybody_again(notify: Notify) -> None:
    await notify.given(*DESK, network.point_assigned(None, previous=COORDINATOR))

    assert waiting(notify) == [(COORDINATOR, "point-returned")]


async def test_point_that_is_given_on_is_told_to_its_new_owner_only(notify: Notify) -> None:
    await notify.given(*DESK, network.point_assigned(COORDINATOR, by=COLLEAGUE))
    await notify.given(network.point_assigned(COLLEAGUE, by=COORDINATOR, previous=COORDINATOR, at=LATER))

    assert waiting(notify) == [(COLLEAGUE, "point-assigned")]


async def test_who_puts_a_point_back_reads_nothing(notify: Notify) -> None:
    await notify.given(*DESK, network.point_assigned(None, by=COORDINATOR, previous=COORDINATOR))

    assert waiting(notify) == []


async def test_point_that_waits_until_a_day_stands_in_no_list(notify: Notify) -> None:
    await notify.given(*DESK, builders.point(monitoring.EscalationRaised))
    later = {"until": date(2026, 3, 20), "why": WaitReason.PARTNER_FINDS_OUT, "postponed_by": COORDINATOR}
    await notify.given(builders.point(monitoring.PointPostponed, LATER, **later))

    assert waiting(notify) == []
    again = builders.point(monitoring.EscalationRepeated, LATER, level=2)
    await notify.given(again)
    assert waiting(notify) == [(COORDINATOR, "desk-point"), (COLLEAGUE, "desk-point")]
