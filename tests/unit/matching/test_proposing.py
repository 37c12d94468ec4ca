"""From an inventory to the partner that is asked."""

from typing import Any

from services.matching.commands import DeclineReferral
from services.matching.domain.referral import ReferralState
from services.matching.handlers.answers import ask_next_after_silence, decline_referral
from services.matching.handlers.cases import (
    ask_for_urgent_need,
    erase_case,
    open_again,
    propose_partners,
    remember_case,
    replace_ambassador,
    stop_for_closing,
    stop_for_withdrawal,
)
from shared.events.base import AgeBand, ConsentGiver, Urgency
from shared.events.intake import (
    AmbassadorReplaced,
    CaseClosed,
    CaseErased,
    CaseReopened,
    CaseWithdrawn,
    CloseReason,
    RequestReceived,
    UrgentNeedRaised,
)
from shared.events.matching import (
    DeclineReason,
    NoPartnerFound,
    PartnerActivated,
    ReferralProposed,
    ReferralWithdrawn,
    WithdrawReason,
)
from shared.events.monitoring import ResponseExpired
from tests.unit.matching.city import NOON, World, assessed, named, need

CASE: dict[str, Any] = {"subject": named("case"), "occurred_at": NOON}


async def test_needs_assessed_activates_the_best_partner() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")

    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    assert world.sentences == ["ReferralProposed", "PartnerActivated"]
    [activated] = world.said(PartnerActivated)
    assert activated.organisation_id == named("fietsbende")
    assert activated.contact_id == named("contact of fietsbende")
    assert (activated.case_code, activated.category, activated.attempt) == ("AC34-DEFG", "bike", 1)
    assert (world.said(ReferralProposed)[0].rank, world.said(ReferralProposed)[0].candidates) == (1, 2)


async def test_needs_assessed_twice_activates_one_partner() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")

    for _ in range(2):
        async with world.units.begin() as unit:
            await propose_partners(assessed(), unit)

    assert len(world.said(PartnerActivated)) == 1


async def test_needs_assessed_keeps_the_whole_ranking_with_its_reasons() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")

    async with world.units.begin() as unit:
        await propose_partners(assessed(excluded_organisations=(named("rijwielhulp"),)), unit)
        kept = await unit.referrals.ranking(named("need bike"))

    assert [(line.position, line.organisation_id) for line in kept] == [
        (1, named("fietsbende")),
        (0, named("rijwielhulp")),
    ]
    assert "Antwoordt meestal binnen 1 dag" in kept[0].reasons
    assert kept[1].reasons == ("Het gezin wil deze organisatie liever niet",)


async def test_needs_assessed_without_anybody_on_the_map_says_so() -> None:
    world = World()

    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    [nobody] = world.said(NoPartnerFound)
    assert (nobody.subject, nobody.need_id, nobody.asked) == (named("case"), named("need bike"), 0)


async def test_needs_assessed_asks_for_each_need_apart() -> None:
    world = await World().with_partners("fietsbende", categories=("bike", "sport"))

    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("sport"), need("debt")), unit)

    assert {fact.category for fact in world.said(PartnerActivated)} == {"bike", "sport"}
    assert [fact.category for fact in world.said(NoPartnerFound)] == ["debt"]


async def test_declined_by_everyone_ends_on_the_coordinators_list() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    for _ in range(2):
        active = [referral for referral in await world.referrals() if referral.is_active]
        async with world.units.begin() as unit:
            await decline_referral(DeclineReferral(active[0].id, DeclineReason.NO_CAPACITY), unit)

    assert [fact.organisation_id for fact in world.said(PartnerActivated)] == [
        named("fietsbende"),
        named("rijwielhulp"),
    ]
    assert world.said(PartnerActivated)[1].attempt == 2
    assert world.said(NoPartnerFound)[0].asked == 2


async def test_response_expired_asks_the_next_partner() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    async with world.units.begin() as unit:
        await ask_next_after_silence(expiry(world), unit)

    assert world.sentences[2:] == ["ReferralExpired", "ReferralProposed", "PartnerActivated"]


async def test_response_expired_changes_nothing_after_an_answer() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
    late = expiry(world)
    async with world.units.begin() as unit:
        await decline_referral(DeclineReferral(late.referral_id, DeclineReason.OTHER), unit)
    before = world.sentences

    async with world.units.begin() as unit:
        await ask_next_after_silence(late, unit)

    assert world.sentences == before


async def test_response_expired_of_an_unknown_referral_is_ignored() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
    late = expiry(world)
    async with world.units.begin() as unit:
        await erase_case(CaseErased(**CASE), unit)
    before = world.sentences

    async with world.units.begin() as unit:
        await ask_next_after_silence(late, unit)

    assert world.sentences == before


async def test_case_withdrawn_takes_back_every_open_referral() -> None:
    world = await World().with_partners("fietsbende", categories=("bike", "sport"))
    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("sport")), unit)

    async with world.units.begin() as unit:
        await stop_for_withdrawal(CaseWithdrawn(**CASE, withdrawn_at=NOON), unit)

    assert [fact.reason for fact in world.said(ReferralWithdrawn)] == [WithdrawReason.CASE_WITHDRAWN] * 2
    assert {referral.state for referral in await world.referrals()} == {ReferralState.WITHDRAWN}


async def test_case_withdrawn_stays_so_when_an_inventory_comes_late() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
        await stop_for_withdrawal(CaseWithdrawn(**CASE, withdrawn_at=NOON), unit)
    before = world.sentences

    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    assert world.sentences == before


async def test_case_closed_takes_back_open_referrals_and_asks_nobody_else() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    async with world.units.begin() as unit:
        await stop_for_closing(CaseClosed(**CASE, closed_by=named("regie"), reason=CloseReason.MOVED_AWAY), unit)
        await ask_next_after_silence(expiry(world), unit)

    assert world.sentences[2:] == ["ReferralWithdrawn"]


async def test_case_reopened_asks_again_at_the_next_inventory() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
        await stop_for_closing(CaseClosed(**CASE, closed_by=named("regie"), reason=CloseReason.MOVED_AWAY), unit)
        await open_again(CaseReopened(**CASE, reopened_by=named("regie")), unit)

    async with world.units.begin() as unit:
        await propose_partners(assessed(need(name="second")), unit)

    assert world.said(PartnerActivated)[-1].need_id == named("need second")


async def test_case_erased_leaves_a_tombstone_only() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    async with world.units.begin() as unit:
        await erase_case(CaseErased(**CASE), unit)

    async with world.units.begin() as unit:
        case = await unit.cases.get(named("case"))
        assert case is not None
        assert (case.code, case.district, case.language, case.needs) == ("", "", "", {})
        assert await unit.referrals.of_case(named("case")) == []
        assert await unit.referrals.ranking(named("need bike")) == []


async def test_inventory_that_drops_a_need_takes_its_question_back() -> None:
    world = await World().with_partners("fietsbende", categories=("bike", "sport"))
    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("sport")), unit)

    async with world.units.begin() as unit:
        await propose_partners(assessed(need("sport")), unit)

    [withdrawn] = world.said(ReferralWithdrawn)
    assert (withdrawn.need_id, withdrawn.reason) == (named("need bike"), WithdrawReason.NEED_GONE)


async def test_urgent_need_is_asked_before_the_inventory() -> None:
    world = await World().with_partners("fietsbende")
    received = RequestReceived(
        **assessed().model_dump(exclude={"excluded_organisations"}), consent_given_by=ConsentGiver.GUARDIAN
    )
    urgent = UrgentNeedRaised(
        **CASE, case_code="AC34-DEFG", district="oost", age_band=AgeBand.CHILD, family_language="nl",
        need=need(urgency=Urgency.TODAY),
    )  # fmt: skip

    async with world.units.begin() as unit:
        await remember_case(received, unit)
    assert world.sentences == []
    async with world.units.begin() as unit:
        await ask_for_urgent_need(urgent, unit)
        await propose_partners(assessed(need(urgency=Urgency.TODAY)), unit)

    [activated] = world.said(PartnerActivated)
    assert (activated.urgency, activated.ambassador_id) == (Urgency.TODAY, named("juf"))


async def test_ambassador_replaced_reaches_open_referrals() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    async with world.units.begin() as unit:
        replaced = AmbassadorReplaced(**CASE, previous_ambassador_id=named("juf"), ambassador_id=named("meester"))
        await replace_ambassador(replaced, unit)

    assert [referral.ambassador_id for referral in await world.referrals()] == [named("meester")]


def expiry(world: World) -> ResponseExpired:
    """The clock of the last question ran out."""
    asked = world.said(PartnerActivated)[-1]
    return ResponseExpired(
        subject=asked.subject,
        occurred_at=NOON,
        referral_id=asked.referral_id,
        need_id=asked.need_id,
        organisation_id=asked.organisation_id,
        due_at=NOON,
    )
