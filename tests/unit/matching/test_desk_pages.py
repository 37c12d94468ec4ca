"""The desk works on a need: it asks, passes over, waits, or says that there is no help, and every choice is kept."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.matching.domain.case import NeedState
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.cases import (
    erase_case,
    go_on,
    go_on_after_rest,
    propose_partners,
    rest,
    stop_for_closing,
    stop_for_withdrawal,
)
from services.matching.schedule import TIMERS
from shared.events.base import Need, Role
from shared.events.case_codes import CloseReason, PauseWish
from shared.events.desk_codes import ChoiceReason, UnavailableReason
from shared.events.directory import OrganisationListed, PersonListed, ServiceListed
from shared.events.intake import CaseClosed, CaseErased, CasePaused, CaseReopened, CaseResumed
from shared.events.matching import (
    HelpUnavailable,
    NoPartnerFound,
    PartnerActivated,
    ReferralWithdrawn,
    SearchPostponed,
)
from shared.events.referral_codes import WithdrawReason
from shared.messaging.timers import TimerLoop
from tests.unit.matching.city import NOON, assessed, contact, named, need, organisation, service, withdrawn
from tests.unit.matching.site import Site, a_site, mailed, text_of

NEED = f"/doorverwijzingen/hulpvraag/{named('need bike')}"
REGIE = named("regie")
OUTSIDE = {
    "organisation": "Stichting Verzonnen",
    "name": "Sam de Vries",
    "email": "sam@verzonnen.example",
    "phone": "010 123 45 67",
    "reason": "agreed-by-phone",
}


async def a_desk(
    *partners: str, needs: tuple[Need, ...] = (), categories: tuple[str, ...] = ("bike",), **facts: object
) -> Site:
    """A site of which a coordinator sees a need; the first partner was asked."""
    site = await a_site(*partners, needs=needs, categories=categories, **facts)
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")
    return site


async def a_desk_with_nobody() -> Site:
    """Nobody on the map can be asked any more."""
    site = await a_desk("fietsbende")
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")
    assert len(site.world.published(NoPartnerFound)) == 1
    return site


async def seen(site: Site, path: str = "") -> str:
    """How the need stands on a page with a form."""
    page = await site.get(f"{NEED}{path}")
    found = re.search(r'name="seen" value="([^"]*)"', page.text)
    assert found, text_of(page)
    return found[1]


async def sends(site: Site, path: str, **fields: str) -> str:
    """Open the page of a step, fill it in and send it: what the page says then."""
    sent = await site.post(f"{NEED}{path}", seen=await seen(site, path if path != "/opnieuw" else ""), **fields)
    return text_of(await site.get(sent.headers["location"]) if sent.status_code == 303 else sent)


def ask(name: str) -> str:
    return f"/vragen/{named(f'service {name}')}"


async def state(site: Site) -> NeedState:
    async with site.world.units.begin() as unit:
        case = await unit.cases.read(named("case"))
    assert case is not None
    return case.needs[named("need bike")].state


async def active(site: Site) -> list[str]:
    async with site.world.units.begin() as unit:
        names = {named(key): key for key in ("fietsbende", "rijwielhulp", "trapkracht")}
        return [
            names.get(one.organisation_id, "outside")
            for one in await unit.referrals.list_of_case(named("case"))
            if one.is_active
        ]


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
    site = await a_desk(excluded_organisations=(named("rijwielhulp"),))

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


async def test_somebody_outside_the_map_is_asked_answers_by_the_mail_and_is_found_by_nobody_else() -> None:
    site = await a_desk_with_nobody()

    words = await sends(site, "/buiten-de-kaart", **OUTSIDE)

    assert "vroeg Stichting Verzonnen: Fiets, buiten de kaart" in words
    fact = site.world.published(PartnerActivated)[-1]
    assert (fact.chosen_by, fact.choice) == (REGIE, ChoiceReason.AGREED_BY_PHONE)
    assert site.world.published(OrganisationListed)[-1].name == "Stichting Verzonnen"
    assert site.world.published(ServiceListed)[-1].subject == fact.service_id
    [membership] = site.world.published(PersonListed)[-1].memberships
    assert (membership.organisation_id, membership.role) == (fact.organisation_id, Role.PARTNER)
    delivery = await site.delivery(recipientId=str(fact.contact_id), referralId=str(fact.referral_id), link="answer")
    assert delivery["address"] == "sam@verzonnen.example"
    answered = await site.post(
        delivery["link"].removeprefix("http://schakel.test"), choice="accept", contact=str(fact.contact_id),
        first_contact_on="03-03-2026",
    )  # fmt: skip
    assert answered.status_code == 303
    assert await active(site) == ["outside"]

    assert (await site.get(f"/kaart/{fact.service_id}")).status_code == 404
    assert "Verzonnen" not in text_of(await site.get("/kaart?q=verzonnen"))
    for path in (f"services/{fact.service_id}", f"organizations/{fact.organisation_id}"):
        assert (await site.get(f"/hsds/{path}")).status_code == 404
    for path in ("services", "organizations"):
        assert "Verzonnen" not in (await site.get(f"/hsds/{path}")).text
    other = assessed(case="other case", needs=(need(name="other bike"),))
    async with site.world.units.begin() as unit:
        await propose_partners(other, unit)
        [kept] = await unit.history.list_rankings(named("need other bike"))
    assert fact.organisation_id not in {line.organisation_id for line in kept.lines}


async def test_same_address_outside_the_map_is_the_same_organisation() -> None:
    site = await a_desk_with_nobody()
    await sends(site, "/buiten-de-kaart", **OUTSIDE)
    first = site.world.published(PartnerActivated)[-1]
    await sends(site, "/overslaan", reason="no-answer")
    await sends(site, "/buiten-de-kaart", **OUTSIDE)

    again = site.world.published(PartnerActivated)[-1]
    assert (again.organisation_id, again.contact_id) == (first.organisation_id, first.contact_id)
    assert again.referral_id != first.referral_id


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"email": "contact@rijwielhulp.example"}, "Zoek de organisatie op de kaart"),
        ({"email": "noor@school.example"}, "Zoek de organisatie op de kaart"),
        ({"email": "geen adres"}, "E-mailadres van de contactpersoon"),
        ({"organisation": ""}, "Naam van de organisatie"),
        ({"name": ""}, "Naam van de contactpersoon"),
        ({"phone": "bel maar"}, "Telefoonnummer"),
    ],
)
async def test_outsider_that_cannot_be_taken_over_is_refused_at_the_field(
    changes: dict[str, str], expected: str
) -> None:
    site = await a_desk()

    sent = await site.post(f"{NEED}/buiten-de-kaart", **(OUTSIDE | changes), seen=await seen(site, "/buiten-de-kaart"))

    assert sent.status_code == 400
    assert expected in text_of(sent)
    assert await active(site) == ["fietsbende"]
    assert site.world.published(OrganisationListed) == []


async def test_need_that_waits_comes_back_by_itself_on_its_day() -> None:
    site = await a_desk_with_nobody()

    words = await sends(site, "/wachten", until="09-03-2026", reason="family-wish")

    assert "Wachten tot 9 maart 2026" in words
    [fact] = site.world.published(SearchPostponed)
    assert (fact.until, fact.postponed_by, fact.category) == (date(2026, 3, 9), REGIE, "bike")
    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("rijwielhulp"))
        await unit.people.save(contact("rijwielhulp"))
        await unit.services.save(service("rijwielhulp"))
    fire = TimerLoop(site.world.units, TIMERS).fire_due
    site.world.clock.forward(timedelta(days=6))
    assert (await fire(), await active(site)) == (0, [])
    site.world.clock.forward(timedelta(days=1))
    assert (await fire(), await active(site)) == (1, ["rijwielhulp"])


@pytest.mark.parametrize("until", ["02-03-2026", "01-03-2026", "02-04-2026", "morgenochtend", ""])
async def test_day_to_wait_for_is_at_most_a_month_ahead(until: str) -> None:
    site = await a_desk_with_nobody()

    sent = await site.post(f"{NEED}/wachten", until=until, reason="other-reason", seen=await seen(site, "/wachten"))

    assert sent.status_code == 400
    assert "Tot welke dag wacht je?" in text_of(sent)
    assert await state(site) is NeedState.UNMET


async def test_no_help_is_said_with_its_reason_and_can_be_looked_for_again() -> None:
    site = await a_desk_with_nobody()

    words = await sends(site, "/geen-hulp", reason="too-expensive")

    assert "Het is te duur." in words
    assert await state(site) is NeedState.UNAVAILABLE
    [fact] = site.world.published(HelpUnavailable)
    assert (fact.reason, fact.said_by, fact.district) == (UnavailableReason.TOO_EXPENSIVE, REGIE, "oost")
    await sends(site, "/opnieuw")
    assert await state(site) is NeedState.UNMET
    assert len(site.world.published(NoPartnerFound)) == 2


@pytest.mark.parametrize("step", ["/wachten", "/geen-hulp"])
async def test_need_that_waited_for_this_one_goes_on(step: str) -> None:
    needs = (need("debt"), need("sport", after=("debt",)), need(after=("sport",)))
    site = await a_desk("fietsbende", needs=needs, categories=("bike", "debt"))
    sport = f"/doorverwijzingen/hulpvraag/{named('need sport')}"
    assert [fact.category for fact in site.world.published(PartnerActivated)] == ["debt"]
    found = re.search(r'name="seen" value="([^"]*)"', (await site.get(f"{sport}{step}")).text)
    assert found

    await site.post(f"{sport}{step}", until="09-03-2026", reason="other-reason", seen=found[1])

    assert [fact.category for fact in site.world.published(PartnerActivated)] == ["debt", "bike"]


CLOSED = CaseClosed(
    subject=named("case"),
    occurred_at=NOON,
    case_code="AC34-DEFG",
    ambassador_id=named("juf"),
    reason=CloseReason.FAMILY_CONTINUES_ALONE,
    closed_by=named("juf"),
)
PAUSED = CasePaused(
    subject=named("case"), occurred_at=NOON, case_code="AC34-DEFG", ambassador_id=named("juf"),
    until=date(2026, 3, 20), wished_by=PauseWish.FAMILY,
)  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "says"),
    [(PAUSED, "Het gezin heeft rust"), (CLOSED, "Dit dossier is afgesloten"), (withdrawn(), "ingetrokken")],
)
async def test_nobody_is_asked_for_a_case_that_rests_or_is_over(ends: object, says: str) -> None:
    site = await a_desk_with_nobody()
    async with site.world.units.begin() as unit:
        if isinstance(ends, CasePaused):
            await rest(ends, unit)
        elif isinstance(ends, CaseClosed):
            await stop_for_closing(ends, unit)
        else:
            await stop_for_withdrawal(withdrawn(), unit)
    asked = len(site.world.published(PartnerActivated))

    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("rijwielhulp"))
        await unit.people.save(contact("rijwielhulp"))
        await unit.services.save(service("rijwielhulp"))
    for path in ("/overslaan", "/wachten", "/geen-hulp", "/buiten-de-kaart", ask("rijwielhulp")):
        assert says in text_of(await site.get(f"{NEED}{path}")), path
    assert says in text_of(await site.get(NEED))
    assert len(site.world.published(PartnerActivated)) == asked


async def test_need_that_waited_through_the_familys_rest_is_asked_after_it() -> None:
    site = await a_desk_with_nobody()
    await sends(site, "/wachten", until="09-03-2026", reason="family-wish")
    async with site.world.units.begin() as unit:
        await rest(PAUSED, unit)
    site.world.clock.forward(timedelta(days=8))
    await TimerLoop(site.world.units, TIMERS).fire_due()
    assert len(site.world.published(NoPartnerFound)) == 1

    resumed = CaseResumed(subject=named("case"), occurred_at=NOON, case_code="AC34-DEFG", ambassador_id=named("juf"))
    async with site.world.units.begin() as unit:
        await go_on_after_rest(resumed, unit)

    assert len(site.world.published(NoPartnerFound)) == 2


@pytest.mark.parametrize("step", ["/wachten", "/geen-hulp"])
@pytest.mark.parametrize("how", ["reopened", "new inventory"])
async def test_need_that_waits_or_has_no_help_is_sought_again_when_the_case_goes_on(step: str, how: str) -> None:
    site = await a_desk_with_nobody()
    await sends(site, step, until="09-03-2026", reason="other-reason")

    async with site.world.units.begin() as unit:
        if how == "reopened":
            await stop_for_closing(CLOSED, unit)
            reopened = CaseReopened(subject=named("case"), occurred_at=NOON, reopened_by=named("juf"))
            await go_on(reopened, unit)
        else:
            await propose_partners(assessed(), unit)

    assert len(site.world.published(NoPartnerFound)) == 2
    assert await state(site) is NeedState.UNMET


async def test_erased_case_leaves_no_ranking_and_no_choice() -> None:
    site = await a_desk()
    await sends(site, "/overslaan", reason="no-answer")

    async with site.world.units.begin() as unit:
        await erase_case(CaseErased(subject=named("case"), occurred_at=NOON), unit)

    async with site.world.units.begin() as unit:
        assert await unit.history.list_rankings(named("need bike")) == []
        assert await unit.history.list_choices(named("need bike")) == []
    assert (await site.get(NEED)).status_code == 404


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
