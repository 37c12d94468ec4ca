"""A family that stands still does so whole: also where a child's case was closed when somebody pressed the button."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from services.intake.domain.errors import UnknownCase
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import raise_new_question, reopen_case
from services.intake.handlers.family_voice import leave_out
from services.intake.handlers.follow_ups import record_follow_up
from services.intake.handlers.safety import let_go_on, press
from services.intake.ports import IntakeUnit
from shared.events.family_safety import SafetyHoldLifted, SafetyHoldSet
from shared.events.intake import NewQuestionRaised
from shared.events.monitoring import FollowUpAnswer, FollowUpRecorded
from shared.kernel.errors import RequestPaused
from tests.unit.intake.builders import COORDINATOR, NOW, PARTNER, ROOS, SERVICE, everybody_joins, said
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_closed_sibling import closes
from tests.unit.intake.test_household import CHILD, form_of, second
from tests.unit.intake.test_left_out import left_out

Step = Callable[[UUID, IntakeUnit, Viewer], Awaitable[object]]


async def of_held_and_closed(pages: Pages) -> UUID:
    """The case of `pages` is closed; its sibling, whose id this is, stands still."""
    sibling = await second(pages)
    await closes(pages, pages.case_id)
    async with pages.units.begin() as unit:
        await press(sibling, unit, ROOS)
    return sibling


async def test_no_child_is_added_from_a_closed_case_of_a_family_that_stands_still(pages: Pages) -> None:
    typed = {**await form_of(pages), **CHILD}
    await of_held_and_closed(pages)
    typed["caseId"] = str(SERVICE)
    reply = await pages.sends(ROOS, f"{pages.path}/nog-een-kind", typed)

    assert reply.status_code == 409
    assert "gepauzeerd" in reply.text


async def test_what_was_on_its_way_from_the_family_s_page_says_nothing_of_a_family_that_stands_still(
    pages: Pages,
) -> None:
    async with pages.units.begin() as unit:
        await everybody_joins(unit)
    sibling = await of_held_and_closed(pages)
    with pytest.raises(UnknownCase):
        async with pages.units.begin() as unit:
            await leave_out(pages.case_id, PARTNER, unit)

    assert await left_out(pages, sibling) == []


@pytest.mark.parametrize("step", [reopen_case, raise_new_question])
async def test_closed_case_does_not_go_on_while_its_family_stands_still(pages: Pages, step: Step) -> None:
    await of_held_and_closed(pages)
    with pytest.raises(RequestPaused):
        async with pages.units.begin() as unit:
            await step(pages.case_id, unit, ROOS)


async def test_new_question_from_a_follow_up_opens_the_case_and_it_stands_still_with_its_family(pages: Pages) -> None:
    sibling = await of_held_and_closed(pages)
    answer = FollowUpRecorded(
        subject=pages.case_id, occurred_at=NOW, follow_up_id=SERVICE, number=1, answer=FollowUpAnswer.NEW_QUESTION,
        answered_by=ROOS.person_id,
    )  # fmt: skip
    async with pages.units.begin() as unit:
        await record_follow_up(answer, unit)

    told = [type(event) for event in said(pages.units) if event.subject == pages.case_id]
    assert told[-2:] == [SafetyHoldSet, NewQuestionRaised], "before anybody acts on it"
    for viewer in (ROOS, COORDINATOR):
        async with pages.units.begin() as unit:
            await let_go_on(sibling, unit, viewer)
    lifted = {event.subject for event in said(pages.units) if isinstance(event, SafetyHoldLifted)}
    assert lifted == {pages.case_id, sibling}
