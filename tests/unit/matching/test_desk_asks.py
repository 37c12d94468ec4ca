"""The desk asks a partner of its choice, or passes one over; every choice is kept."""

from dataclasses import replace

from services.matching.domain.case import NeedState
from services.matching.domain.referral_state import ReferralState
from shared.events.base import Role
from shared.events.desk_codes import ChoiceReason
from shared.events.matching import (
    NoPartnerFound,
    PartnerActivated,
    ReferralWithdrawn,
)
from shared.events.referral_codes import WithdrawReason
from tests.unit.matching.city import contact, named, organisation, service
from tests.unit.matching.desk import NEED, OUTSIDE, REGIE, a_desk, a_desk_with_nobody, active, ask, seen, sends, state
from tests.unit.matching.site import mailed, text_of


async def test_only_the_desk_opens_the_page_of_a_need() -> None:
    site = await a_desk()
    for role, of in ((Role.AMBASSADOR, "school"), (Role.PARTNER, "fietsbende")):
        site.sign_in(role, of)
        assert (await site.get(NEED)).status_code == 403
        assert (await site.post(f"{NEED}/overslaan", reason="other-reason")).status_code == 403


async def test_need_that_nobody_knows_is_not_found() -> None:
    site = await a_desk()
    assert (await site.get(f"/doorverwijzingen/hulpvraag/{named('nothing')}")).status_code == 404
    assert (await site.post(f"/doorverwijzingen/hulpvraag/{named('nothing')}/wachten", until="03-03-2026",
                            reason="other-reason")).status_code == 404  # fmt: skip


async def test_page_shows_how_it_stands_who_was_asked_and_what_they_said() -> None:
    site = await a_desk()
    _, link = await mailed(site)
    await site.post(
        f"/antwoord/{link.token}", choice="decline", reason="no-capacity", explanation="Onze fietsenmaker is ziek."
    )

    words = text_of(await site.get(NEED))

    for expected in (
        "AC34-DEFG", "een fiets", "Noor Verzonnen", "010 0000002", "Fietsbende: Aanbod van fietsbende",
        "Kan nu niet helpen", "“Onze fietsenmaker is ziek.”", "Contact van fietsbende, 010-0000000",
        "Volgorde 1", "Volgorde 2", "Is al gevraagd voor deze hulpvraag", "Bij een partner",
    ):  # fmt: skip
        assert expected in words
    page = (await site.get(NEED)).text
    assert f"/aanvragen/{named('case')}/hulpvragen/{named('need bike')}/soort" in page
    assert f"/aanvragen/{named('case')}/teruggeven" in page


async def test_partner_of_the_ranking_is_asked_by_hand_and_the_choice_is_kept() -> None:
    site = await a_desk("fietsbende", "rijwielhulp", "trapkracht")

    words = await sends(site, ask("trapkracht"), reason="knows-family")

    assert "De partner is gevraagd." in words
    [withdrawn_fact] = site.world.published(ReferralWithdrawn)
    assert (withdrawn_fact.organisation_id, withdrawn_fact.reason) == (named("fietsbende"), WithdrawReason.DESK_CHOICE)
    fact = site.world.published(PartnerActivated)[-1]
    assert (fact.organisation_id, fact.chosen_by, fact.choice) == (
        named("trapkracht"), REGIE, ChoiceReason.KNOWS_FAMILY,
    )  # fmt: skip
    assert await active(site) == ["trapkracht"]
    assert "vroeg Trapkracht: Aanbod van trapkracht" in words
    assert "Deze partner kent het gezin al." in words
    first = site.world.published(PartnerActivated)[0]
    assert (first.chosen_by, first.choice) == (None, None)


async def test_partner_that_was_passed_over_is_asked_with_a_warning_that_stays_with_the_choice() -> None:
    site = await a_desk_with_nobody()
    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("trapkracht"))
        await unit.people.save(contact("trapkracht"))
        await unit.services.save(service("trapkracht", categories=("sport",), capacity=0))

    found = text_of(await site.get(f"{NEED}?zoek=trapkracht"))
    page = text_of(await site.get(f"{NEED}{ask('trapkracht')}"))
    words = await sends(site, ask("trapkracht"), reason="agreed-by-phone")

    assert "Trapkracht: Aanbod van trapkracht" in found
    for warning in ("Geeft dit soort hulp niet, zegt de kaart", "Heeft nu geen plek"):
        assert warning in page
        assert warning in words
    assert site.world.published(PartnerActivated)[-1].organisation_id == named("trapkracht")


async def test_partner_that_the_family_does_not_want_is_never_asked() -> None:
    site = await a_desk(unwanted=(named("rijwielhulp"),))

    page = await site.get(f"{NEED}{ask('rijwielhulp')}")
    sent = await site.post(f"{NEED}{ask('rijwielhulp')}", reason="fits-better", seen=await seen(site, "/overslaan"))

    assert "Het gezin wil deze organisatie liever niet" in text_of(page)
    assert 'name="reason"' not in page.text
    assert sent.status_code == 409
    assert await active(site) == ["fietsbende"]
    assert site.world.published(ReferralWithdrawn) == []


async def test_offer_without_a_contact_person_is_not_asked() -> None:
    site = await a_desk()
    async with site.world.units.begin() as unit:
        await unit.people.save(replace(contact("rijwielhulp"), memberships=()))

    sent = await site.post(f"{NEED}{ask('rijwielhulp')}", reason="other-reason", seen=await seen(site, "/overslaan"))

    assert sent.status_code == 409
    assert "geen contactpersoon" in text_of(sent)


async def test_reason_is_not_chosen_beforehand_and_must_be_given() -> None:
    site = await a_desk()

    sent = await site.post(f"{NEED}{ask('rijwielhulp')}", seen=await seen(site, ask("rijwielhulp")))

    assert sent.status_code == 400
    assert "Waarom kies je deze partner?" in text_of(sent)
    assert await active(site) == ["fietsbende"]


async def test_skipped_partner_does_not_get_the_question_again_and_the_next_one_has_it() -> None:
    site = await a_desk()

    words = await sends(site, "/overslaan", reason="no-answer")

    assert "De vraag is teruggenomen." in words
    assert "nam de vraag aan Fietsbende: Aanbod van fietsbende terug" in words
    assert await active(site) == ["rijwielhulp"]
    await sends(site, "/overslaan", reason="no-answer")
    assert await state(site) is NeedState.UNMET
    assert site.world.published(NoPartnerFound)[-1].asked == 2


async def test_form_that_is_sent_twice_does_it_once() -> None:
    site = await a_desk("fietsbende", "rijwielhulp", "trapkracht")
    before = await seen(site, "/overslaan")

    for _ in range(2):
        sent = await site.post(f"{NEED}/overslaan", reason="no-answer", seen=before)
        assert sent.status_code == 303

    assert await active(site) == ["rijwielhulp"]


async def test_colleague_who_chose_in_the_meantime_is_seen_and_nothing_is_done() -> None:
    site = await a_desk("fietsbende", "rijwielhulp", "trapkracht")
    before = await seen(site, "/overslaan")
    await sends(site, ask("trapkracht"), reason="knows-family")

    site.sign_in(Role.COORDINATOR, "schakelpunt", "collega")
    sent = await site.post(f"{NEED}{ask('rijwielhulp')}", reason="fits-better", seen=before)

    assert sent.status_code == 409
    assert "Er is intussen iets veranderd" in text_of(sent)
    assert await active(site) == ["trapkracht"]


async def test_partner_that_said_yes_in_the_meantime_keeps_the_question() -> None:
    site = await a_desk()
    before = await seen(site, "/overslaan")
    _, link = await mailed(site)
    await site.post(
        f"/antwoord/{link.token}", choice="accept", contact=str(named("contact of fietsbende")),
        first_contact_on="03-03-2026",
    )  # fmt: skip

    for path in ("/overslaan", ask("rijwielhulp"), "/wachten", "/geen-hulp", "/buiten-de-kaart"):
        fields = OUTSIDE | {"until": "04-03-2026"} | {"reason": "other-reason"}
        sent = await site.post(f"{NEED}{path}", **fields, seen=before)
        assert sent.status_code == 409, path
    assert await active(site) == ["fietsbende"]
    assert "Er is al een partner mee bezig" in text_of(await site.get(NEED))


async def test_partner_that_said_later_is_told_to_stop_when_another_one_is_asked() -> None:
    site = await a_desk()
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", choice="later", from_day="09-03-2026")

    await sends(site, ask("rijwielhulp"), reason="family-wish")

    [fact] = site.world.published(ReferralWithdrawn)
    assert (fact.was_helping, fact.reason) == (True, WithdrawReason.DESK_CHOICE)
    async with site.world.units.begin() as unit:
        states = [one.state for one in await unit.referrals.list_of_case(named("case"))]
    assert states == [ReferralState.WITHDRAWN, ReferralState.ACTIVATED]
