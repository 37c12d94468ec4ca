"""A case is found by a part of its number."""

from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.timeline import TimelineEntry
from services.intake.handlers.requests import submit_requests
from shared.events.referral_number import referral_number
from tests.unit.intake.builders import ROOS, STRANGER, request
from tests.unit.intake.pages import Pages


async def test_list_shows_the_cases_with_this_in_their_number(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        (other,) = await submit_requests([request()], unit)
    assert isinstance(other, Case)
    found = (await pages.shows(ROOS, f"/aanvragen?nummer={other.code[:7].lower()}")).text
    assert f"/aanvragen/{other.id}" in found
    assert str(pages.case_id) not in found
    assert f"/aanvragen/{other.id}" not in (await pages.shows(STRANGER, f"/aanvragen?nummer={other.code}")).text


async def test_number_that_is_nobody_s_is_told(pages: Pages) -> None:
    for typed in ("XXXX-XXXX", "%25", "_", "'"):
        found = (await pages.shows(ROOS, f"/aanvragen?nummer={typed}")).text
        assert "Geen aanvraag gevonden" in found
        assert str(pages.case_id) not in found


async def test_case_is_found_by_the_number_that_its_partner_names(pages: Pages) -> None:
    referral_id = UUID("00000000-0000-7000-8000-0000000000f1")
    number = referral_number(referral_id)
    async with pages.units.begin() as unit:
        (other,) = await submit_requests([request()], unit)
        assert isinstance(other, Case)
        entry = TimelineEntry(unit.ids.new(), other.id, unit.now, "partner-activated", number=number)
        await unit.timeline.add(entry)
    for typed in (number, number.lower().replace("-", " ")):
        found = (await pages.shows(ROOS, f"/aanvragen?nummer={typed}")).text
        assert f"/aanvragen/{other.id}" in found
        assert str(pages.case_id) not in found
