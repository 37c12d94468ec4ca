"""What the family confirmed stays as it was; the same thing needed again is a new need."""

import re
from uuid import UUID

import pytest

from services.intake.domain.case import Case
from services.intake.domain.errors import UnknownNeed
from services.intake.handlers.inventory import complete_inventory
from services.intake.subscriptions import SUBSCRIPTIONS
from shared.events import matching, referral_codes
from shared.events.base import Beneficiary
from shared.events.intake import NeedsAssessed
from shared.messaging.subscriptions import by_event
from tests.unit.intake.builders import (
    CONTACT,
    NOW,
    PARTNER,
    ROOS,
    SERVICE,
    Units,
    assessed,
    inventory,
    need,
    said,
)
from tests.unit.intake.pages import Pages

HANDLERS = by_event(SUBSCRIPTIONS)

REFERRAL = UUID("00000000-0000-7000-8000-0000000000c1")
FORM = {"discussedOn": "9-3-2026"}


async def confirm(units: Units, case: Case, outcome: referral_codes.Outcome = referral_codes.Outcome.PARTLY) -> UUID:
    """The family tells whether the help for the first need helped."""
    about = case.needs[0].need_id
    fact = matching.OutcomeConfirmed(
        subject=case.id, occurred_at=NOW, referral_id=REFERRAL, need_id=about, organisation_id=PARTNER,
        service_id=SERVICE, outcome=outcome, confirmed_by=ROOS.person_id, open_needs=0, case_code=case.code,
        contact_id=CONTACT.person_id, ambassador_id=ROOS.person_id, category="bike", beneficiary=Beneficiary.CHILD,
    )  # fmt: skip
    async with units.begin() as unit:
        await HANDLERS[type(fact)](fact, unit)
    return about


async def bike_confirmed(outcome: referral_codes.Outcome = referral_codes.Outcome.PARTLY) -> tuple[Units, Case, UUID]:
    units, case = await assessed()
    return units, case, await confirm(units, case, outcome)


def last_inventory(units: Units) -> NeedsAssessed:
    return [fact for fact in said(units) if isinstance(fact, NeedsAssessed)][-1]


async def test_need_named_without_an_id_after_it_was_confirmed_is_a_new_one() -> None:
    units, case, old = await bike_confirmed()
    for _ in range(2):
        async with units.begin() as unit:
            await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)
    new, kept = last_inventory(units).needs
    assert (new.category, kept.need_id) == ("bike", old)
    assert new.need_id != old
    assert [type(fact) for fact in said(units)].count(NeedsAssessed) == 2


async def test_confirmed_need_stays_when_another_one_is_found() -> None:
    units, case, old = await bike_confirmed()
    async with units.begin() as unit:
        case = await complete_inventory(inventory(case.id, [need("sport")]), unit, ROOS)
    assert [(each.category, each.need_id == old) for each in case.needs] == [("sport", False), ("bike", True)]


async def test_need_that_help_did_not_meet_keeps_its_id() -> None:
    units, case, old = await bike_confirmed(referral_codes.Outcome.NOT_HELPED)
    async with units.begin() as unit:
        case = await complete_inventory(inventory(case.id, [need("bike"), need("sport")]), unit, ROOS)
    assert [each.need_id == old for each in case.needs] == [True, False]


async def test_inventory_is_refused_when_something_unknown_is_needed_again() -> None:
    units, case, _ = await bike_confirmed()
    async with units.begin() as unit:
        with pytest.raises(UnknownNeed):
            await complete_inventory(inventory(case.id, [], again=(PARTNER,)), unit, ROOS)


async def test_page_shows_what_is_confirmed_apart_and_asks_again_for_what_is_ticked(pages: Pages) -> None:
    found = {"needs.1.gone": "true", "needs.2.category": "sport", "needs.2.urgency": "normal"}
    await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**FORM, **await pages.needs_as_shown(), **found})
    first = last_inventory(pages.units)
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
    assert case is not None
    bike = await confirm(pages.units, case)

    page = (await pages.shows(ROOS, f"{pages.path}/inventarisatie")).text
    assert "Wat al is afgerond" in page
    assert re.findall(r'name="again" value="([0-9a-f-]+)"', page) == [str(bike)]
    rows = re.findall(r'name="needs\.\d\.id" value="([0-9a-f-]+)"', page)
    assert rows == [str(first.needs[1].need_id)]

    row = {"needs.0.id": rows[0], "needs.0.category": "sport", "needs.0.urgency": "normal", "again": [str(bike)]}
    for _ in range(2):
        reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**FORM, **row})
        assert reply.status_code == 303
    sport, new, kept = last_inventory(pages.units).needs
    assert [each.category for each in (sport, new, kept)] == ["sport", "bike", "bike"]
    assert (str(sport.need_id), kept.need_id) == (rows[0], bike)
    assert new.need_id not in {each.need_id for each in first.needs}


async def test_page_takes_only_what_is_needed_again(pages: Pages) -> None:
    gone = {"needs.1.gone": "true"}
    await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**FORM, **await pages.needs_as_shown(), **gone})
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
    assert case is not None
    bike = await confirm(pages.units, case)

    nothing = await pages.sends(ROOS, f"{pages.path}/inventarisatie", FORM)
    assert (nothing.status_code, "minstens één hulpvraag" in nothing.text) == (400, True)
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**FORM, "again": [str(bike)]})
    assert reply.status_code == 303
    assert [each.category for each in last_inventory(pages.units).needs] == ["bike", "bike"]
