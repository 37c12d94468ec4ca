from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.intake.domain.case_state import CaseState
from services.intake.domain.course import Pause
from services.intake.domain.dossier import Fact
from services.intake.domain.errors import (
    NotDiscussed,
    NotPossibleNow,
    NotYourFamily,
    UnknownCase,
    UnknownNeed,
)
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import (
    acknowledge_request,
    close_case,
    raise_new_question,
    reopen_case,
    start_inventory,
)
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.inventory import complete_inventory
from shared.events.base import Event, Horizon
from shared.events.case_codes import CloseReason, PauseWish
from shared.events.intake import (
    CaseClosed,
    CaseReopened,
    CaseWithdrawn,
    HomeVisitPlanned,
    NeedsAssessed,
    NewQuestionRaised,
    RequestAcknowledged,
)
from tests.parts.keys import mark
from tests.unit.intake.builders import (
    COLLEAGUE,
    CONTACT,
    COORDINATOR,
    NOW,
    PARTNER,
    ROOS,
    STRANGER,
    Units,
    assessed,
    closing,
    inventory,
    need,
    received,
    said,
)

MET = CloseReason.ALL_NEEDS_MET


async def state_of(units: Units, case_id: UUID) -> CaseState:
    async with units.begin() as unit:
        case = await unit.cases.read(case_id)
        assert case is not None
        return case.state


def last(units: Units) -> Event:
    return said(units)[-1]


async def test_inventory_says_what_is_needed_and_whom_the_family_refused() -> None:
    units, case = await assessed(excluded_organisations=(PARTNER,))
    fact = last(units)
    assert isinstance(fact, NeedsAssessed)
    assert (fact.subject, fact.case_code, fact.left_out) == (case.id, case.code, (mark(case.id, PARTNER),))
    assert await state_of(units, case.id) is CaseState.ASSESSED


async def test_inventory_keeps_the_ids_of_needs_that_were_asked_for() -> None:
    units, case = await received()
    bike, clothing = case.needs
    async with units.begin() as unit:
        asked = [need("sport"), need("clothing", id=clothing.need_id), need("bike", horizon=Horizon.LONG)]
        case = await complete_inventory(inventory(case.id, asked), unit, ROOS)
    sport, same_clothing, same_bike = case.needs
    assert (same_clothing.need_id, same_bike.need_id) == (clothing.need_id, bike.need_id)
    assert same_bike.horizon is Horizon.LONG
    assert sport.need_id not in {bike.need_id, clothing.need_id}


async def test_inventory_sent_twice_says_it_once() -> None:
    units, case = await assessed()
    async with units.begin() as unit:
        again = await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)
    assert again.needs == case.needs
    assert [type(fact) for fact in said(units)].count(NeedsAssessed) == 1


async def test_inventory_says_a_home_visit_once_when_one_is_planned() -> None:
    units, case = await assessed(home_visit_on=date(2026, 3, 12))
    async with units.begin() as unit:
        again = inventory(case.id, [need("bike"), need("food")], home_visit_on=date(2026, 3, 12))
        await complete_inventory(again, unit, ROOS)
    assert [type(fact) for fact in said(units)].count(HomeVisitPlanned) == 1


async def test_inventory_words_go_to_the_vault_and_old_ones_stay() -> None:
    units, case = await assessed()
    async with units.begin() as unit:
        dossier = await unit.vault.open(case.id, list(Fact), ROOS, "test", words=True)
    assert (dossier.facts[Fact.CONTEXT], dossier.facts[Fact.FIRST_NAME]) == ("Vader zoekt werk.", "Zonnetje")


async def test_inventory_takes_back_what_it_leaves_out_and_forgets_the_words_of_needs_that_are_gone() -> None:
    units, case = await received()
    bike, _ = (each.need_id for each in case.needs)
    for words in ("Een fiets.", None):
        told = {Fact.BOTTLENECKS: "Geen geld."} | ({Fact.CONTEXT: words} if words else {})
        found = inventory(case.id, [need("bike", id=bike, words=words)], facts=told)
        async with units.begin() as unit:
            await complete_inventory(found, unit, ROOS)
            dossier = await unit.vault.open(case.id, list(Fact), ROOS, "test", words=True)
        assert dossier.words == ({bike: words} if words else {})
        assert dossier.facts.get(Fact.CONTEXT) == words
        assert (dossier.facts[Fact.BOTTLENECKS], dossier.facts[Fact.STORY]) == (
            "Geen geld.",
            "Zonnetje wil graag mee naar buiten.",
        )


async def test_inventory_is_refused_when_it_names_a_need_of_another_case() -> None:
    units, case = await received()
    async with units.begin() as unit:
        with pytest.raises(UnknownNeed):
            await complete_inventory(inventory(case.id, [need("bike", id=PARTNER)]), unit, ROOS)


async def test_inventory_is_refused_when_the_family_has_yet_to_hear_of_it() -> None:
    units, case = await received()
    later = inventory(case.id, [need("bike")], discussed_on=date(2026, 3, 11))
    async with units.begin() as unit:
        with pytest.raises(NotDiscussed):
            await complete_inventory(later, unit, ROOS)


async def test_new_question_opens_the_inventory_again_with_all_that_is_known() -> None:
    units, case = await assessed()
    async with units.begin() as unit:
        again = await raise_new_question(case.id, unit, ROOS)
    assert last(units) == NewQuestionRaised(subject=case.id, occurred_at=again.changed_at, raised_by=ROOS.person_id)
    assert (again.state, again.needs) == (CaseState.IN_INVENTORY, case.needs)


async def test_closed_case_goes_on_where_it_was_when_reopened() -> None:
    units, case = await assessed()
    async with units.begin() as unit:
        await close_case(await closing(case.id, unit, MET), unit, ROOS)
    closed = last(units)
    assert isinstance(closed, CaseClosed)
    assert (closed.closed_by, closed.reason) == (ROOS.person_id, MET)
    async with units.begin() as unit:
        await reopen_case(case.id, unit, COORDINATOR)
    assert isinstance(last(units), CaseReopened)
    assert await state_of(units, case.id) is CaseState.ASSESSED


async def test_withdrawn_case_takes_no_inventory() -> None:
    units, case = await received()
    async with units.begin() as unit:
        await withdraw_case(case.id, unit, ROOS)
    assert isinstance(last(units), CaseWithdrawn)
    async with units.begin() as unit:
        with pytest.raises(NotPossibleNow):
            await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)


async def test_acknowledging_is_said_once_when_done_twice() -> None:
    units, case = await received()
    for _ in range(2):
        async with units.begin() as unit:
            await acknowledge_request(case.id, unit, COORDINATOR)
    assert [type(fact) for fact in said(units)].count(RequestAcknowledged) == 1


async def test_inventory_that_was_started_stays_started_when_asked_again() -> None:
    units, case = await received()
    for _ in range(2):
        async with units.begin() as unit:
            await start_inventory(case.id, unit, ROOS)
    assert await state_of(units, case.id) is CaseState.IN_INVENTORY


@pytest.mark.parametrize("viewer", [STRANGER, CONTACT], ids=["another school", "a partner"])
async def test_case_does_not_exist_for_whom_it_is_not(viewer: Viewer) -> None:
    units, case = await received()
    async with units.begin() as unit:
        with pytest.raises(UnknownCase):
            await close_case(await closing(case.id, unit, MET), unit, viewer)
    assert await state_of(units, case.id) is CaseState.RECEIVED


async def test_inventory_is_for_the_own_ambassador_and_the_school_s_system_not_for_a_colleague() -> None:
    units, case = await received()
    async with units.begin() as unit:
        with pytest.raises(NotYourFamily):
            await complete_inventory(inventory(case.id, [need("bike")]), unit, COLLEAGUE)
    async with units.begin() as unit:
        system = replace(COLLEAGUE, is_system=True)
        await complete_inventory(inventory(case.id, [need("bike")]), unit, system)
    assert await state_of(units, case.id) is CaseState.ASSESSED


async def test_nobody_is_asked_at_once_while_the_family_rests() -> None:
    _, case = await assessed()
    case.state = CaseState.IN_INVENTORY
    case.rest(Pause(date(2026, 3, 12), PauseWish.FAMILY), NOW)
    with pytest.raises(NotPossibleNow):
        case.raise_urgent([case.needs[0].need_id], NOW)
