"""Referrals as the ambassador, the partner and the desk see them."""

from uuid import UUID

import pytest

from services.matching.domain.referral import ACTIVE, HELPING, ReferralState
from shared.events.base import Role
from shared.events.matching import Outcome, OutcomeConfirmed, WarmHandoverCompleted
from tests.unit.matching.city import named
from tests.unit.matching.site import ACCEPTED, Site, a_site, mailed, text_of


async def an_accepted_referral(*steps: str) -> tuple[Site, UUID]:
    site = await a_site()
    referral_id, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    for step in steps:
        await site.post(f"/antwoord/{link.token}", choice=step, on="02-03-2026")
    return site, referral_id


async def test_pages_ask_to_sign_in_first() -> None:
    site, referral_id = await an_accepted_referral()

    answered = await site.get(f"/netwerk/doorverwijzingen/{referral_id}")

    assert answered.status_code == 303
    assert answered.headers["location"] == f"/inloggen?naar=/netwerk/doorverwijzingen/{referral_id}"


async def test_ambassador_sees_who_helps_their_own_family() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.AMBASSADOR, "school")

    listed = text_of(await site.get("/netwerk"))
    words = text_of(await site.get(f"/netwerk/doorverwijzingen/{referral_id}"))

    assert "AC34-DEFG" in listed
    for expected in ("Fietsbende", "Contact van fietsbende", "010-0000000", "Bevestig de overdracht"):
        assert expected in words


async def test_ambassador_of_another_school_sees_nothing() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.AMBASSADOR, "other school")

    assert "AC34-DEFG" not in text_of(await site.get("/netwerk"))
    assert (await site.get(f"/netwerk/doorverwijzingen/{referral_id}")).status_code == 403
    for path, field in (("overdracht", {"on": "02-03-2026"}), ("uitkomst", {"outcome": "helped"})):
        answered = await site.post(f"/netwerk/doorverwijzingen/{referral_id}/{path}", **field)
        assert answered.status_code == 403
    assert site.world.published(WarmHandoverCompleted) == []


async def test_colleague_who_may_not_know_the_family_does_not_speak_for_it() -> None:
    site, referral_id = await an_accepted_referral("deliver")
    site.sign_in(Role.AMBASSADOR, "school", "another teacher")
    path = f"/netwerk/doorverwijzingen/{referral_id}"

    assert "Bevestig" not in text_of(await site.get(path))
    for page, field in (("overdracht", {"on": "02-03-2026"}), ("uitkomst", {"outcome": "not-helped"})):
        answered = await site.post(f"{path}/{page}", **field)
        assert answered.status_code == 403
        assert "voor de Bliep-ambassadeur van dit gezin en voor het Schakelpunt" in text_of(answered)
    assert [*site.world.published(WarmHandoverCompleted), *site.world.published(OutcomeConfirmed)] == []


async def test_partner_sees_its_own_referrals_and_cannot_speak_for_the_family() -> None:
    site, referral_id = await an_accepted_referral("deliver")
    site.sign_in(Role.PARTNER, "fietsbende", "contact of fietsbende")
    assert "AC34-DEFG" in text_of(await site.get("/netwerk"))

    answered = await site.post(f"/netwerk/doorverwijzingen/{referral_id}/uitkomst", outcome="helped")

    assert answered.status_code == 403
    site.sign_in(Role.PARTNER, "rijwielhulp", "contact of rijwielhulp")
    assert (await site.get(f"/netwerk/doorverwijzingen/{referral_id}")).status_code == 403


AMBASSADOR = ("Noor Verzonnen", "noor@school.example", "010 0000002")
# What the child needs, and where; the offer's own words are on the map for everyone.
QUESTION = ("Een fiets", "Wijk", "Hoe snel", "Basisschool De Zevensprong", "Waarom deze partner")


async def a_referral_in(state: ReferralState) -> tuple[Site, str]:
    site = await a_site()
    referral_id, _ = await mailed(site)
    async with site.world.units.begin() as unit:
        referral = await unit.referrals.read(referral_id)
        assert referral is not None
        referral.state = state
        await unit.referrals.save(referral)
    return site, f"/netwerk/doorverwijzingen/{referral_id}"


@pytest.mark.parametrize("state", list(ReferralState))
async def test_partner_sees_the_ambassador_while_it_helps_and_the_question_while_it_is_theirs(
    state: ReferralState,
) -> None:
    site, path = await a_referral_in(state)
    site.sign_in(Role.PARTNER, "fietsbende", "contact of fietsbende")

    words, listed = text_of(await site.get(path)), text_of(await site.get("/netwerk"))

    assert {fact in words for fact in AMBASSADOR} == {state in HELPING or state is ReferralState.CONFIRMED}
    assert {fact in words for fact in QUESTION} == {state in ACTIVE}
    assert ("een fiets" in listed) == (state in ACTIVE)


@pytest.mark.parametrize("state", list(ReferralState))
async def test_desk_sees_ambassador_and_question_always_and_the_school_the_question(state: ReferralState) -> None:
    site, path = await a_referral_in(state)
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")
    words = text_of(await site.get(path))
    assert [fact for fact in (*AMBASSADOR, *QUESTION) if fact not in words] == []

    site.sign_in(Role.AMBASSADOR, "school")
    words = text_of(await site.get(path))
    assert [fact for fact in QUESTION if fact not in words] == []


async def test_ambassador_confirms_the_handover() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.AMBASSADOR, "school")

    answered = await site.post(f"/netwerk/doorverwijzingen/{referral_id}/overdracht", on="2-3-2026", kind="cold")

    assert answered.status_code == 303
    [fact] = site.world.published(WarmHandoverCompleted)
    assert (fact.reported_by, fact.kind) == (named("juf"), "cold")


async def test_handover_on_a_day_that_has_not_come_is_refused() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.AMBASSADOR, "school")

    answered = await site.post(f"/netwerk/doorverwijzingen/{referral_id}/overdracht", on="03-03-2026")

    assert answered.status_code == 400
    assert "al geweest is" in text_of(answered)


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_ambassador_confirms_what_the_family_says(outcome: Outcome) -> None:
    site, referral_id = await an_accepted_referral("deliver")
    site.sign_in(Role.AMBASSADOR, "school")

    answered = await site.post(f"/netwerk/doorverwijzingen/{referral_id}/uitkomst", outcome=outcome.value)

    assert answered.status_code == 303
    assert [fact.outcome for fact in site.world.published(OutcomeConfirmed)] == [outcome]
    assert (await site.world.referrals())[0].state is ReferralState.CONFIRMED


async def test_outcome_is_never_chosen_beforehand_nor_confirmed_twice() -> None:
    site, referral_id = await an_accepted_referral("deliver")
    site.sign_in(Role.AMBASSADOR, "school")
    path = f"/netwerk/doorverwijzingen/{referral_id}/uitkomst"

    assert (await site.post(path)).status_code == 400
    assert (await site.post(path, outcome="helped")).status_code == 303
    assert (await site.post(path, outcome="not-helped")).status_code == 409
    assert len(site.world.published(OutcomeConfirmed)) == 1


async def test_coordinator_sees_the_ranking_with_its_reasons() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")

    words = text_of(await site.get(f"/netwerk/doorverwijzingen/{referral_id}"))

    assert "Rijwielhulp: Aanbod van rijwielhulp" in words
    assert "Antwoordt meestal binnen 2 dagen" in words


async def test_ambassador_does_not_see_the_ranking() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.AMBASSADOR, "school")

    assert "Rijwielhulp" not in text_of(await site.get(f"/netwerk/doorverwijzingen/{referral_id}"))


async def test_operator_sees_parked_events_and_no_referrals() -> None:
    site, referral_id = await an_accepted_referral()
    site.sign_in(Role.OPERATOR, "schakelpunt", "beheer")

    assert (await site.get("/netwerk/geparkeerd")).status_code == 200
    assert (await site.get(f"/netwerk/doorverwijzingen/{referral_id}")).status_code == 403
