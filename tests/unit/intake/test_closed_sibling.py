"""What a family says holds for its closed children too: their help may go on, and their case may be opened again."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from services.intake.domain.case_state import CaseState
from services.intake.domain.consent import FieldSet
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import close_case, reopen_case
from services.intake.handlers.consents import give_consent, may_see
from shared.events.base import ConsentGiver
from shared.events.consents import PartnerConsentWithdrawn
from tests.parts.keys import mark
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import (
    NOW,
    PARTNER,
    ROOS,
    closing,
    everybody_joins,
    request,
    said,
    submit_request,
    units_in_memory,
)
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_consent import NO, YES, helps
from tests.unit.intake.test_family_door import card_of, family_of
from tests.unit.intake.test_family_household import consents_alone
from tests.unit.intake.test_household import answered_for_all, second
from tests.unit.intake.test_left_out import left_out


async def closes(pages: Pages, case_id: UUID) -> None:
    async with pages.units.begin() as unit:
        await close_case(await closing(case_id, unit), unit, ROOS)


async def reopens(pages: Pages, case_id: UUID, viewer: Viewer = ROOS) -> None:
    async with pages.units.begin() as unit:
        await reopen_case(case_id, unit, viewer)


async def reads(pages: Pages, case_id: UUID) -> frozenset[FieldSet]:
    async with pages.units.begin() as unit:
        return await may_see(case_id, PARTNER, "sports-club", unit)


async def of_closed_and_open(pages: Pages) -> UUID:
    """A partner helps the child whose case closed; its sibling, whose id this is, has the card."""
    await helps(pages)
    sibling = await second(pages)
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/toestemming", data=YES)
    await closes(pages, pages.case_id)
    return sibling


async def test_no_of_the_family_holds_for_a_closed_child_that_is_opened_again(pages: Pages) -> None:
    closed, sibling = pages.case_id, await of_closed_and_open(pages)
    async with family_of(Pages(pages.units, sibling), await card_of(Pages(pages.units, sibling))) as family:
        assert (await family.post("/gezin/toestemming", data=NO)).status_code == 303
    await reopens(pages, closed)

    assert await reads(pages, closed) == await reads(pages, sibling) == frozenset()


async def test_no_of_the_family_holds_for_a_child_that_is_added_from_a_closed_one(pages: Pages) -> None:
    sibling = await of_closed_and_open(pages)
    async with family_of(Pages(pages.units, sibling), await card_of(Pages(pages.units, sibling))) as family:
        await family.post("/gezin/toestemming", data=NO)
    third = await second(pages)

    assert await reads(pages, third) == frozenset()


async def test_newest_answer_of_any_child_on_the_page_goes_along_to_another() -> None:
    clock = HeldClock(NOW)
    units = units_in_memory(clock=clock)
    async with units.begin() as unit:
        await everybody_joins(unit)
        pages = Pages(units, (await submit_request(request(), unit)).id)
    sibling = await second(pages)
    async with units.begin() as unit:
        await give_consent(answered_for_all(pages.case_id, *FieldSet), ROOS, unit)
    clock.forward(timedelta(minutes=1))
    async with units.begin() as unit:
        await give_consent(answered_for_all(sibling, FieldSet.REACH), ROOS, unit)
    third = await second(pages)
    assert await reads(pages, third) == {FieldSet.REACH}

    await consents_alone(pages, sibling)
    fourth = await second(pages)
    assert await reads(pages, fourth) == {FieldSet.REACH}, "said of the third as well"


async def test_yes_of_who_answered_together_for_one_child_holds_for_a_younger_one_that_is_added(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await unit.vault.tell(pages.case_id, {Fact.BIRTH_DATE: "2013-01-01"})
        together = replace(answered_for_all(pages.case_id, FieldSet.REACH), given_by=ConsentGiver.GUARDIAN_AND_CHILD)
        await give_consent(together, ROOS, unit)

    assert await reads(pages, await second(pages)) == {FieldSet.REACH}


async def test_whom_the_family_would_rather_not_have_is_left_out_of_a_closed_child_and_the_next(pages: Pages) -> None:
    closed, sibling = pages.case_id, await of_closed_and_open(pages)
    async with family_of(Pages(pages.units, sibling), await card_of(Pages(pages.units, sibling))) as family:
        await family.post("/gezin/liever-niet", data={"organisationId": str(PARTNER)})

    assert await left_out(pages, closed) == [(mark(closed, PARTNER),)]
    third = await second(pages)
    assert await left_out(pages, third) == [(mark(third, PARTNER),)]


async def test_stop_reaches_a_partner_that_still_helps_a_closed_child(pages: Pages) -> None:
    closed, sibling = pages.case_id, await of_closed_and_open(pages)
    async with family_of(Pages(pages.units, sibling), await card_of(Pages(pages.units, sibling))) as family:
        await family.post("/gezin/toestemming/stop", data={"organisationId": str(PARTNER)})

    stopped = {event.subject for event in said(pages.units) if isinstance(event, PartnerConsentWithdrawn)}
    assert stopped == {closed, sibling}


async def test_stop_with_everything_reaches_a_closed_child(pages: Pages) -> None:
    closed, sibling = pages.case_id, await of_closed_and_open(pages)
    async with family_of(Pages(pages.units, sibling), await card_of(Pages(pages.units, sibling))) as family:
        await family.post("/gezin/toestemming/alles", data={"sure": "true"})

    async with pages.units.begin() as unit:
        cases = [await unit.cases.read(one) for one in (closed, sibling)]
    assert [case.state for case in cases if case] == [CaseState.WITHDRAWN] * 2


async def test_partner_that_helps_on_after_every_case_closed_can_be_stopped(pages: Pages) -> None:
    await helps(pages)
    code = await card_of(pages)
    await closes(pages, pages.case_id)
    async with family_of(pages, code) as family:
        before = (await family.get("/gezin/toestemming")).text
        await family.post("/gezin/toestemming/stop", data={"organisationId": str(PARTNER)})
        after = (await family.get("/gezin/toestemming")).text

    stop = "Ja, stop met deze organisatie"
    assert (stop in before, "Ziet niets meer van jullie." in before) == (True, False)
    assert (stop in after, "Ziet niets meer van jullie." in after) == (False, True)


async def test_yes_of_a_child_that_answers_alone_is_of_no_other_child_and_hides_no_yes_of_its_parents(
    pages: Pages,
) -> None:
    async with pages.units.begin() as unit:
        await give_consent(answered_for_all(pages.case_id, FieldSet.REACH), ROOS, unit)
        (of_parents,) = await unit.consents.list_of_case(pages.case_id)
        alone = replace(of_parents, id=unit.ids.new(), given_by=ConsentGiver.YOUNG_PERSON)
        later = unit.now + timedelta(minutes=1)
        await unit.consents.add([replace(alone, field_sets=frozenset(FieldSet), recorded_at=later)])
    third = await second(pages)
    assert await reads(pages, third) == {FieldSet.REACH}
