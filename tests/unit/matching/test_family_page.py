"""The ambassador's page of a referral, by the link in the mail: what they say for the family."""

import pytest

from services.matching.domain.referral_state import ReferralState
from services.matching.web.family_actions import FAMILY_ACTIONS
from shared.events.matching import (
    HandoverConfirmed,
    HandoverPlanned,
    InformationAnswered,
    OutcomeConfirmed,
    PartnerActivated,
    SearchStopped,
    WarmHandoverCompleted,
)
from shared.events.referral_codes import Party
from tests.unit.matching.city import named
from tests.unit.matching.site import (
    ACCEPTED,
    Site,
    a_site,
    a_site_where_they_met,
    chosen_beforehand,
    mailed,
    mailed_to_ambassador,
    text_of,
)


async def helping() -> tuple[Site, str, str]:
    """The partner said yes: its page, and the ambassador's."""
    site = await a_site()
    _, link = await mailed(site)
    family, partner = await mailed_to_ambassador(site), f"/antwoord/{link.token}"
    await site.post(partner, **ACCEPTED)
    return site, partner, family


async def test_page_shows_who_helps_with_the_number_to_call() -> None:
    site, _, family = await helping()

    page = await site.get(family)

    for expected in ("Fietsbende", "Contact van fietsbende", "010-0000000", "Samen kennismaken"):
        assert expected in text_of(page)
    assert chosen_beforehand(page) == []


async def test_meeting_is_planned_and_moved() -> None:
    site, partner, family = await helping()

    planned = await site.post(family, choice="plan", planned_on="05-03-2026", planned_time="14.30")
    moved = await site.post(partner, choice="plan", planned_on="06-03-2026")

    assert "De afspraak is doorgegeven" in text_of(await site.get(planned.headers["location"]))
    assert moved.status_code == 303
    first, second = site.world.published(HandoverPlanned)
    assert first.starts_at is not None
    assert first.starts_at.isoformat() == "2026-03-05T13:30:00+00:00"
    assert (first.planned_by, str(second.on), second.starts_at) == (named("juf"), "2026-03-06", None)
    assert "vrijdag 6 maart" in text_of(await site.get(family))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"planned_on": "01-03-2026"}, "vanaf vandaag"),
        ({"planned_on": "05-03-2026", "planned_time": "25:00"}, "uur en minuten"),
        ({"planned_on": "05-03-2026", "planned_time": "middag"}, "uur en minuten"),
        ({}, "vul dit in"),
    ],
)
async def test_plan_with_something_wrong_names_it_and_keeps_the_rest(fields: dict[str, str], problem: str) -> None:
    site, _, family = await helping()

    answered = await site.post(family, choice="plan", **fields)

    assert answered.status_code == 400
    assert problem in text_of(answered).lower()
    assert all(f'value="{typed}"' in answered.text for typed in fields.values())


async def test_help_begins_when_both_sides_said_that_they_met() -> None:
    site, partner, family = await helping()

    without_family = await site.post(family, choice="handover", when="today")
    assert without_family.status_code == 400
    assert site.world.published(HandoverConfirmed) == []
    assert (await site.post(family, choice="handover", when="today", family_agrees="true")).status_code == 303
    assert "We wachten nog op de partner" in text_of(await site.get(family))
    assert "Bevestig het hieronder" in text_of(await site.get(partner))
    assert site.world.published(WarmHandoverCompleted) == []
    assert (await site.post(partner, choice="handover", when="today")).status_code == 303

    assert [fact.party for fact in site.world.published(HandoverConfirmed)] == [Party.AMBASSADOR, Party.PARTNER]
    assert [fact.kind for fact in site.world.published(WarmHandoverCompleted)] == ["warm"]
    assert "Samen kennisgemaakt op 2 maart 2026" in text_of(await site.get(family))


async def test_cold_handover_needs_its_reason_and_is_called_cold_everywhere() -> None:
    site, _, family = await helping()

    assert (await site.post(family, choice="cold", when="today")).status_code == 400
    assert (await site.post(family, choice="cold", when="today", cold_reason="only-goods")).status_code == 303

    page = text_of(await site.get(family))
    assert "Koud: begonnen zonder samen kennismaken" in page
    assert "Het gaat alleen om spullen" in page
    assert "kennisgemaakt op" not in page


async def test_question_is_answered_by_the_link_and_read_by_the_partner() -> None:
    site = await a_site()
    _, link = await mailed(site)
    partner, family = f"/antwoord/{link.token}", await mailed_to_ambassador(site)
    await site.post(partner, choice="ask", question="Welke maat is nodig?")
    assert "Welke maat is nodig?" in text_of(await site.get(family))

    answered = await site.post(family, choice="answer", answer="24 inch past goed.")

    assert answered.status_code == 303
    assert len(site.world.published(InformationAnswered)) == 1
    for page in (partner, family):
        assert "24 inch past goed." in text_of(await site.get(page))


@pytest.mark.parametrize(("choice", "field"), [("ask", "question"), ("decline", "explanation")])
async def test_words_with_a_bsn_are_refused_and_kept_nowhere(choice: str, field: str) -> None:
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(f"/antwoord/{link.token}", choice=choice, reason="other", **{field: "BSN 111222333"})

    assert answered.status_code == 400
    assert "burgerservicenummer" in text_of(answered)
    assert "111222333" not in repr(site.world.units.tables.tables)


async def test_family_chooses_between_waiting_and_another_partner() -> None:
    site = await a_site()
    _, link = await mailed(site)
    family = await mailed_to_ambassador(site)
    await site.post(f"/antwoord/{link.token}", choice="later", from_day="09-03-2026")
    assert "kan helpen vanaf maandag 9 maart" in text_of(await site.get(family))

    assert (await site.post(family, choice="another")).status_code == 303

    assert site.world.published(PartnerActivated)[-1].organisation_id == named("rijwielhulp")
    assert "Deze vraag is ingetrokken" in text_of(await site.get(f"/antwoord/{link.token}"))


@pytest.mark.parametrize(("choice", "asked", "stopped"), [("further", 2, 0), ("enough", 1, 1)])
async def test_after_help_stopped_the_family_says_how_it_goes_on(choice: str, asked: int, stopped: int) -> None:
    site, partner, family = await helping()
    await site.post(partner, choice="fail", failure="no-contact")
    words = text_of(await site.get(family))
    assert "Wil het gezin dat we verder zoeken?" in words
    assert "geen contact" in words

    assert (await site.post(family, choice=choice)).status_code == 303
    assert (await site.post(family, choice=choice)).status_code == 303

    assert len(site.world.published(PartnerActivated)) == asked
    assert len(site.world.published(SearchStopped)) == stopped
    assert "Wil het gezin dat we verder zoeken?" not in text_of(await site.get(family))


async def test_help_that_helped_for_a_part_asks_what_happens_to_the_rest() -> None:
    site, _, _, family = await a_site_where_they_met()

    without = await site.post(family, choice="outcome", outcome="partly")
    assert without.status_code == 400
    assert "wat er met de rest gebeurt" in text_of(without)
    assert (await site.post(family, choice="outcome", outcome="partly", rest="look-further")).status_code == 303

    assert [fact.rest for fact in site.world.published(OutcomeConfirmed)] == ["look-further"]
    assert "Afgelopen, het heeft voor een deel geholpen" in text_of(await site.get(family))


@pytest.mark.parametrize("choice", [*FAMILY_ACTIONS, "accept", ""])
async def test_button_that_does_not_fit_or_comes_empty_changes_nothing(choice: str) -> None:
    site = await a_site()
    family = await mailed_to_ambassador(site)
    before = site.world.published_names

    answered = await site.post(family, choice=choice)

    assert answered.status_code in {400, 409}
    assert site.world.published_names == before
    assert (await site.world.referrals())[0].state is ReferralState.ACTIVATED
