"""The family stops with one partner: that one stops and is never asked again, and the next one is asked at once."""

from dataclasses import replace

import pytest

from services.matching.domain.case import CaseState
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.deliveries import prepare_deliveries
from services.matching.handlers.stopping import stop_with_partner
from shared.events.consents import PartnerConsentWithdrawn
from shared.events.http import DeliveryQuestion, ReferralLink
from shared.events.matching import NoPartnerFound, PartnerActivated, ReferralWithdrawn
from shared.events.referral_codes import WithdrawReason
from shared.events.referral_deletion import DeletionRequested, PartnerConfirmedDeletion
from tests.unit.matching.city import NOON, assessed, contact, named, need
from tests.unit.matching.site import ACCEPTED, Site, a_site, mailed, text_of

FIRST = named("fietsbende")


async def family_stops(site: Site, organisation: str = "fietsbende") -> None:
    stopped = PartnerConsentWithdrawn(
        subject=named("case"), occurred_at=NOON, case_code="AC34-DEFG", ambassador_id=named("juf"),
        organisation_id=named(organisation),
    )  # fmt: skip
    async with site.world.units.begin() as unit:
        await stop_with_partner(stopped, unit)


@pytest.mark.parametrize("said_yes", [False, True])
async def test_partner_is_withdrawn_at_once_and_the_next_one_is_asked(*, said_yes: bool) -> None:
    site = await a_site()
    _, link = await mailed(site)
    if said_yes:
        await site.post(f"/antwoord/{link.token}", **ACCEPTED)

    await family_stops(site)

    [withdrawn] = site.world.published(ReferralWithdrawn)
    assert (withdrawn.organisation_id, withdrawn.reason, withdrawn.was_helping) == (
        FIRST, WithdrawReason.FAMILY_STOPPED, said_yes
    )  # fmt: skip
    assert [one.state for one in await site.world.referrals()] == [ReferralState.WITHDRAWN, ReferralState.ACTIVATED]
    assert site.world.published(PartnerActivated)[-1].organisation_id == named("rijwielhulp")
    words = text_of(await site.get(f"/antwoord/{link.token}"))
    assert "Deze vraag is ingetrokken" in words
    assert "Oost" not in words


async def helped(site: Site, state: ReferralState) -> str:
    """The partner said yes, and its help is over; returns its link."""
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    [one] = await site.world.referrals()
    async with site.world.units.begin() as unit:
        await unit.referrals.save(replace(one, state=state))
    return link.token


@pytest.mark.parametrize("state", [ReferralState.DELIVERED, ReferralState.CONFIRMED, ReferralState.FAILED])
async def test_partner_whose_help_was_over_is_asked_to_delete_and_its_referral_stays_as_it_is(
    state: ReferralState,
) -> None:
    site = await a_site("fietsbende")
    await helped(site, state)

    await family_stops(site)
    await family_stops(site)

    [asked] = site.world.published(DeletionRequested)
    assert (asked.organisation_id, asked.was_helping, asked.has_helped) == (FIRST, False, True)
    assert site.world.published(ReferralWithdrawn) == []
    assert [one.state for one in await site.world.referrals()] == [state]


@pytest.mark.parametrize("state", [ReferralState.ACCEPTED, ReferralState.CONFIRMED])
async def test_partner_says_with_one_press_and_without_an_account_that_all_is_deleted(state: ReferralState) -> None:
    site = await a_site("fietsbende")
    token = await helped(site, state)
    assert "alles is gewist" not in text_of(await site.get(f"/antwoord/{token}"))
    refused = await site.post(f"/antwoord/{token}", choice="deleted")
    await family_stops(site)
    assert "Hebben jullie alles gewist?" in text_of(await site.get(f"/antwoord/{token}"))
    assert site.world.published(PartnerConfirmedDeletion) == []

    for _ in range(2):
        await site.post(f"/antwoord/{token}", choice="deleted")

    assert refused.status_code >= 400
    [confirmed] = site.world.published(PartnerConfirmedDeletion)
    assert (confirmed.organisation_id, confirmed.confirmed_by) == (FIRST, confirmed.contact_id)
    page = text_of(await site.get(f"/antwoord/{token}"))
    assert "Gewist op" in page
    assert "Hebben jullie alles gewist?" not in page


async def test_what_was_written_about_the_questions_of_a_stopped_partner_is_not_kept() -> None:
    site = await a_site()
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", choice="ask", question="Welke maat?")
    [asked] = await site.world.referrals()
    async with site.world.units.begin() as unit:
        assert len(await unit.referrals.list_questions(asked.id)) == 1

    await family_stops(site)

    async with site.world.units.begin() as unit:
        assert await unit.referrals.list_questions(asked.id) == []


async def test_mail_that_asks_to_delete_opens_the_page_until_it_is_done() -> None:
    site = await a_site("fietsbende")
    token = await helped(site, ReferralState.ACCEPTED)
    [one] = await site.world.referrals()
    question = DeliveryQuestion(
        recipient_id=one.contact_id, referral_id=one.id, link=ReferralLink.DELETION, mentions=()
    )

    async def delivery() -> str:
        async with site.world.units.begin() as unit:
            (answer,) = await prepare_deliveries([question], unit, code_key=b"k" * 32, public_url="https://x.example")
        return answer.state

    assert await delivery() == "no-longer-needed"
    await family_stops(site)
    assert await delivery() == "deliver"
    await site.post(f"/antwoord/{token}", choice="deleted")
    assert await delivery() == "no-longer-needed"


async def test_whoever_was_replaced_reads_that_they_delete_too_and_opens_nothing() -> None:
    site = await a_site("fietsbende")
    token = await helped(site, ReferralState.ACCEPTED)
    [one] = await site.world.referrals()
    async with site.world.units.begin() as unit:
        await unit.people.save(replace(contact("fietsbende"), memberships=contact("rijwielhulp").memberships))
    asked = {"recipientId": str(contact("fietsbende").id), "referralId": str(one.id)}
    await family_stops(site)

    told = await site.delivery(**asked, link=ReferralLink.DELETION)
    other = await site.delivery(**asked, link=ReferralLink.HELP)

    assert told == {"state": "deliver", "address": "contact@fietsbende.example", "name": "Contact van fietsbende"}
    assert other == {"state": "no-longer-needed"}
    async with site.world.units.begin() as unit:
        await unit.people.save(contact("fietsbende"))
    await site.post(f"/antwoord/{token}", choice="deleted")
    assert await site.delivery(**asked, link=ReferralLink.DELETION) == {"state": "no-longer-needed"}


async def test_partner_with_whom_the_family_stopped_cannot_take_its_no_back() -> None:
    site = await a_site("fietsbende")
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")
    await family_stops(site)

    page = (await site.get(f"/antwoord/{link.token}")).text
    await site.post(f"/antwoord/{link.token}", choice="revert-decline")

    assert "Neem mijn nee terug" not in page
    assert [one.state for one in await site.world.referrals()] == [ReferralState.DECLINED]


async def test_a_second_time_changes_nothing() -> None:
    site = await a_site()
    await family_stops(site)
    await family_stops(site)

    assert len(site.world.published(ReferralWithdrawn)) == 1
    assert len(site.world.published(PartnerActivated)) == 2


async def test_partner_is_not_asked_again_for_this_case_whatever_the_inventory_says() -> None:
    site = await a_site("fietsbende")
    await family_stops(site)
    assert len(site.world.published(NoPartnerFound)) == 1
    async with site.world.units.begin() as unit:
        await propose_partners(assessed(need(), need(name="second")), unit)
        await propose_partners(assessed(need(name="of another"), case="another", case_code="WW34-DEFG"), unit)

    asked = [one.subject for one in site.world.published(PartnerActivated)]
    assert asked == [named("case"), named("another")]


async def test_nobody_else_is_asked_while_the_family_rests() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        case = await unit.cases.get(named("case"))
        assert case is not None
        case.pause()
        await unit.cases.save(case)

    await family_stops(site)

    async with site.world.units.begin() as unit:
        case = await unit.cases.get(named("case"))
        assert case is not None
        assert case.state is CaseState.PAUSED
    assert len(site.world.published(ReferralWithdrawn)) == 1
    assert len(site.world.published(PartnerActivated)) == 1
