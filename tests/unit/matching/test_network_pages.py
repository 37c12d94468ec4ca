"""Referrals as signed-in people see them: the ambassador, the partner and the desk."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from services.matching.domain.referral_state import ACTIVE, ASKED, HELPING, ReferralState
from services.matching.handlers.cases import propose_partners
from shared.events.base import Role
from shared.events.matching import HandoverConfirmed, OutcomeConfirmed, PartnerAccepted, PartnerActivated
from shared.events.referral_codes import Outcome
from tests.unit.matching.city import assessed, named, need
from tests.unit.matching.site import ACCEPTED, Site, a_site, a_site_where_they_met, mailed, text_of

LIST = "/doorverwijzingen"
BUTTON = r'name="choice" value="([a-z-]+)"'


async def an_accepted_referral() -> tuple[Site, UUID]:
    site = await a_site()
    referral_id, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    return site, referral_id


async def help_given() -> tuple[Site, UUID]:
    site, referral_id, partner, _ = await a_site_where_they_met()
    for step in ("start", "deliver"):
        await site.post(partner, choice=step, when="today")
    return site, referral_id


async def test_pages_ask_to_sign_in_first() -> None:
    site, referral_id = await an_accepted_referral()

    answered = await site.get(f"{LIST}/{referral_id}")

    assert answered.status_code == 303
    assert answered.headers["location"] == f"/inloggen?naar={LIST}/{referral_id}"


async def test_addresses_of_before_lead_to_those_of_now() -> None:
    site, referral_id = await an_accepted_referral()
    assert (await site.get("/netwerk?dossier=x")).headers["location"] == f"{LIST}?dossier=x"
    assert (await site.get(f"/netwerk/doorverwijzingen/{referral_id}")).headers["location"] == f"{LIST}/{referral_id}"


async def test_ambassador_sees_who_helps_their_own_family() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.AMBASSADOR, "school")

    listed = text_of(await site.get(LIST))
    words = text_of(await site.get(f"{LIST}/{referral_id}"))

    assert "AC34-DEFG" in listed
    for expected in ("Fietsbende", "Contact van fietsbende", "010-0000000", "Wij hebben kennisgemaakt"):
        assert expected in words


async def test_ambassador_of_another_school_sees_nothing() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.AMBASSADOR, "other school")

    assert "AC34-DEFG" not in text_of(await site.get(LIST))
    assert (await site.get(f"{LIST}/{referral_id}")).status_code == 404
    for fields in ({"choice": "handover", "when": "today"}, {"choice": "outcome", "outcome": "helped"}):
        assert (await site.post(f"{LIST}/{referral_id}", **fields)).status_code == 404
    assert site.world.published(HandoverConfirmed) == []


async def test_colleague_who_may_not_know_the_family_does_not_speak_for_it() -> None:
    site, referral_id = await help_given()
    site.sign_in(Role.AMBASSADOR, "school", "another teacher")
    path = f"{LIST}/{referral_id}"

    assert "Bevestig" not in text_of(await site.get(path))
    answered = await site.post(path, choice="outcome", outcome="not-helped")
    assert answered.status_code == 403
    assert "voor de Bliep-ambassadeur van dit gezin en voor het Schakelpunt" in text_of(answered)
    assert site.world.published(OutcomeConfirmed) == []


async def test_partner_sees_its_own_referrals_and_cannot_speak_for_the_family() -> None:
    site, referral_id = await help_given()
    site.sign_in(Role.PARTNER, "fietsbende", "contact of fietsbende")
    [referral] = await site.world.referrals()
    assert referral.number in text_of(await site.get(LIST))

    # Not one of a partner's buttons: nothing was chosen.
    assert (await site.post(f"{LIST}/{referral_id}", choice="outcome", outcome="helped")).status_code == 400
    assert site.world.published(OutcomeConfirmed) == []
    site.sign_in(Role.PARTNER, "rijwielhulp", "contact of rijwielhulp")
    assert (await site.get(f"{LIST}/{referral_id}")).status_code == 404
    assert (await site.post(f"{LIST}/{referral_id}", choice="fail", failure="other")).status_code == 404


@pytest.mark.parametrize(
    ("role", "of", "person", "sees"),
    [
        (Role.PARTNER, "fietsbende", "contact of fietsbende", {"Fietsbende"}),
        (Role.PARTNER, "rijwielhulp", "contact of rijwielhulp", {"Rijwielhulp"}),
        (Role.PARTNER, "others", "contact of others", set()),
        (Role.AMBASSADOR, "school", "juf", {"Fietsbende", "Rijwielhulp"}),
        (Role.AMBASSADOR, "other school", "meester", set()),
        (Role.COORDINATOR, "schakelpunt", "regie", {"Fietsbende", "Rijwielhulp"}),
    ],
)
async def test_list_of_a_case_shows_each_only_what_is_theirs(role: Role, of: str, person: str, sees: set[str]) -> None:
    site = await a_site()
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")
    site.sign_in(role, of, person)

    for path in (LIST, f"{LIST}?dossier={named('case')}"):
        words = text_of(await site.get(path))
        assert {name for name in ("Fietsbende", "Rijwielhulp") if name in words} == sees


async def test_signed_in_partner_sees_first_what_waits_for_it() -> None:
    site = await a_site("fietsbende")
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    async with site.world.units.begin() as unit:
        await propose_partners(assessed(need(name="other"), case="other", case_code="WW34-DEFG"), unit)
    site.sign_in(Role.PARTNER, "fietsbende", "contact of fietsbende")

    words = text_of(await site.get(LIST))
    [helped], [asked] = await site.world.referrals(), await site.world.referrals("other")

    waiting, others = words.index("Wacht op jullie antwoord"), words.index("Al het andere")
    assert waiting < words.index(asked.number) < others < words.index(helped.number)
    assert "Antwoord vóór" in words


async def test_signed_in_partner_has_the_buttons_of_the_mailed_link_and_never_the_schools_text() -> None:
    site = await a_site()
    referral_id, link = await mailed(site)
    async with site.world.units.begin() as unit:
        service = await unit.services.read(named("service fietsbende"))
        assert service is not None
        await unit.services.save(replace(service, expects_from_referrer="Geef de maten door"))
    site.sign_in(Role.PARTNER, "fietsbende", "contact of fietsbende")
    page = await site.get(f"{LIST}/{referral_id}")

    words, mailed_page = text_of(page), await site.get(f"/antwoord/{link.token}")
    assert "Je hoeft nu niets te doen" not in words
    assert "Dit vroegen jullie van de school: Geef de maten door" in words
    assert "verwacht de partner" not in words
    assert re.findall(BUTTON, page.text) == re.findall(BUTTON, mailed_page.text) != []
    assert (await site.post(f"{LIST}/{referral_id}", **ACCEPTED)).status_code == 303
    assert site.world.published(PartnerAccepted)[0].answered_by == named("contact of fietsbende")


AMBASSADOR = ("Noor Verzonnen", "noor@school.example", "010 0000002")
# What the child needs, and where; the offer's own words are on the map for everyone.
QUESTION = ("een fiets", "Wijk", "Hoe snel", "Wie vraagt het")


async def a_referral_in(state: ReferralState) -> tuple[Site, str]:
    site = await a_site()
    referral_id, _ = await mailed(site)
    async with site.world.units.begin() as unit:
        referral = await unit.referrals.read(referral_id)
        assert referral is not None
        today = unit.city.day_of(unit.now)
        referral.state, referral.first_contact_on, referral.from_day = state, today, today
        await unit.referrals.save(referral)
    return site, f"{LIST}/{referral_id}"


@pytest.mark.parametrize("state", list(ReferralState))
async def test_partner_sees_the_ambassador_while_it_helps_and_the_question_while_it_is_theirs(
    state: ReferralState,
) -> None:
    site, path = await a_referral_in(state)
    site.sign_in(Role.PARTNER, "fietsbende", "contact of fietsbende")

    words, listed = text_of(await site.get(path)), text_of(await site.get(LIST))

    assert {fact in words for fact in AMBASSADOR} == {state in HELPING}
    assert {fact in words for fact in QUESTION} == {state in ACTIVE}
    assert ("Ja, wij helpen" in words) == (state in ASKED)
    assert ("een fiets" in listed) == (state in ACTIVE)


@pytest.mark.parametrize("state", list(ReferralState))
async def test_desk_sees_ambassador_and_question_always_and_the_school_the_question(state: ReferralState) -> None:
    site, path = await a_referral_in(state)
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")
    words = text_of(await site.get(path))
    assert [fact for fact in (*AMBASSADOR, *QUESTION, "Waarom deze partner") if fact not in words] == []

    site.sign_in(Role.AMBASSADOR, "school")
    words = text_of(await site.get(path))
    assert [fact for fact in QUESTION if fact not in words] == []


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_ambassador_confirms_what_the_family_says(outcome: Outcome) -> None:
    site, referral_id = await help_given()
    site.sign_in(Role.AMBASSADOR, "school")

    fields = {"choice": "outcome", "outcome": outcome.value, "rest": "enough-for-now"}
    answered = await site.post(f"{LIST}/{referral_id}", **fields)

    assert answered.status_code == 303
    assert [fact.outcome for fact in site.world.published(OutcomeConfirmed)] == [outcome]
    assert (await site.world.referrals())[0].state is ReferralState.CONFIRMED


async def test_outcome_is_never_chosen_beforehand_nor_confirmed_twice() -> None:
    site, referral_id = await help_given()
    site.sign_in(Role.AMBASSADOR, "school")
    path = f"{LIST}/{referral_id}"

    assert (await site.post(path, choice="outcome")).status_code == 400
    assert (await site.post(path, choice="outcome", outcome="helped")).status_code == 303
    assert (await site.post(path, choice="outcome", outcome="not-helped")).status_code == 409
    assert len(site.world.published(OutcomeConfirmed)) == 1


async def test_help_that_did_not_help_is_not_called_done() -> None:
    site, referral_id = await help_given()
    site.sign_in(Role.AMBASSADOR, "school")
    await site.post(f"{LIST}/{referral_id}", choice="outcome", outcome="not-helped")

    words = text_of(await site.get(f"{LIST}/{referral_id}"))

    assert "Afgelopen, het heeft niet geholpen" in words
    assert len(site.world.published(PartnerActivated)) == 2


async def test_ranking_with_its_reasons_is_for_the_desk_only() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")
    need_page = f"{LIST}/hulpvraag/{named('need bike')}"
    assert need_page in (await site.get(f"{LIST}/{referral_id}")).text
    words = text_of(await site.get(need_page))
    assert "Rijwielhulp: Aanbod van rijwielhulp" in words
    assert "Antwoordt meestal binnen 2 dagen" in words

    site.sign_in(Role.AMBASSADOR, "school")
    answered = await site.get(f"{LIST}/{referral_id}")
    assert "Rijwielhulp" not in text_of(answered)
    assert need_page not in answered.text
