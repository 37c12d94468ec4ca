"""What a partner tells of its help, on the page of its mail."""

import pytest

from services.matching.domain.referral_state import ReferralState
from shared.events.matching import HelpFailed
from tests.unit.matching.site import (
    ACCEPTED,
    Site,
    a_site,
    a_site_where_they_met,
    mailed,
    text_of,
)


async def state_of(site: Site) -> ReferralState:
    return (await site.world.referrals())[0].state


async def test_help_is_reported_step_by_step_on_the_same_link() -> None:
    site, _, partner, _ = await a_site_where_they_met()

    for choice, state in (("start", "in_progress"), ("deliver", "delivered")):
        reported = await site.post(partner, choice=choice, when="today")
        assert reported.status_code == 303
        assert "Genoteerd" in text_of(await site.get(reported.headers["location"]))
        assert await state_of(site) == state


@pytest.mark.parametrize("choice", ["start", "deliver"])
async def test_help_does_not_begin_before_they_met(choice: str) -> None:
    site = await a_site()
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)

    answered = await site.post(f"/antwoord/{link.token}", choice=choice, when="today")

    assert answered.status_code == 409
    assert "Eerst samen kennismaken" in text_of(answered)
    assert await state_of(site) is ReferralState.ACCEPTED


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"when": "another-day", "on": "03-03-2026"}, "al geweest is"),
        ({"when": "another-day"}, "Kies vandaag, of vul een andere dag in"),
        ({}, "Kies vandaag, of vul een andere dag in"),
    ],
)
async def test_step_needs_a_day_that_has_come(fields: dict[str, str], problem: str) -> None:
    site, _, partner, _ = await a_site_where_they_met()

    for choice in ("start", "deliver"):
        answered = await site.post(partner, choice=choice, **fields)
        assert answered.status_code == 400
        assert problem.lower() in text_of(answered).lower()


async def test_help_that_stops_is_reported_with_a_reason() -> None:
    site = await a_site()
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)

    assert (await site.post(f"/antwoord/{link.token}", choice="fail", failure="no-contact")).status_code == 303

    assert len(site.world.published(HelpFailed)) == 1
