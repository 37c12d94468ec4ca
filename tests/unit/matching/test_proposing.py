"""From an inventory to the partner that is asked."""

from typing import Any

from services.matching.commands import DeclineReferral
from services.matching.handlers.cases import (
    erase_case,
    propose_partners,
)
from services.matching.handlers.partner_answers import ask_next_after_silence, decline_referral
from shared.events.intake import (
    CaseErased,
)
from shared.events.matching import NoPartnerFound, PartnerActivated
from shared.events.referral_codes import DeclineReason
from tests.unit.matching.city import NOON, World, assessed, named, need
from tests.unit.matching.given import expiry

CASE: dict[str, Any] = {"subject": named("case"), "occurred_at": NOON}


async def test_needs_assessed_activates_the_best_partner() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")

    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    assert world.published_names == ["PartnerActivated"]
    [activated] = world.published(PartnerActivated)
    assert activated.organisation_id == named("fietsbende")
    assert activated.contact_id == named("contact of fietsbende")
    assert (activated.case_code, activated.category, activated.attempt) == ("AC34-DEFG", "bike", 1)


async def test_needs_assessed_twice_activates_one_partner() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")

    for _ in range(2):
        async with world.units.begin() as unit:
            await propose_partners(assessed(), unit)

    assert len(world.published(PartnerActivated)) == 1


async def test_needs_assessed_keeps_the_whole_ranking_with_its_reasons() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")

    async with world.units.begin() as unit:
        await propose_partners(assessed(unwanted=(named("rijwielhulp"),)), unit)
        kept = (await unit.history.list_rankings(named("need bike")))[0].lines

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

    [nobody] = world.published(NoPartnerFound)
    assert (nobody.subject, nobody.need_id, nobody.asked) == (named("case"), named("need bike"), 0)


async def test_needs_assessed_asks_for_each_need_apart() -> None:
    world = await World().with_partners("fietsbende", categories=("bike", "sport"))

    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("sport"), need("debt")), unit)

    assert {fact.category for fact in world.published(PartnerActivated)} == {"bike", "sport"}
    assert [fact.category for fact in world.published(NoPartnerFound)] == ["debt"]


async def test_need_for_which_nobody_is_found_holds_up_no_other() -> None:
    world = await World().with_partners("fietsbende")

    async with world.units.begin() as unit:
        await propose_partners(assessed(need("debt"), need("bike", after=("debt",))), unit)

    assert [fact.category for fact in world.published(NoPartnerFound)] == ["debt"]
    assert [fact.category for fact in world.published(PartnerActivated)] == ["bike"]


async def test_need_that_everyone_declined_holds_up_no_other() -> None:
    world = await World().with_partners("fietsbende", categories=("bike", "sport"))
    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("sport", after=("bike",))), unit)
    [first] = await world.referrals()

    async with world.units.begin() as unit:
        await decline_referral(DeclineReferral(first.id, DeclineReason.NO_CAPACITY), unit)

    assert [fact.category for fact in world.published(PartnerActivated)] == ["bike", "sport"]


async def test_declined_by_everyone_ends_on_the_coordinators_list() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    for _ in range(2):
        active = [referral for referral in await world.referrals() if referral.is_active]
        async with world.units.begin() as unit:
            await decline_referral(DeclineReferral(active[0].id, DeclineReason.NO_CAPACITY), unit)

    assert [fact.organisation_id for fact in world.published(PartnerActivated)] == [
        named("fietsbende"),
        named("rijwielhulp"),
    ]
    assert world.published(PartnerActivated)[1].attempt == 2
    assert world.published(NoPartnerFound)[0].asked == 2


async def test_response_expired_asks_the_next_partner() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    async with world.units.begin() as unit:
        await ask_next_after_silence(expiry(world), unit)

    assert world.published_names[1:] == ["ReferralExpired", "PartnerActivated"]


async def test_response_expired_changes_nothing_after_an_answer() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
    late = expiry(world)
    async with world.units.begin() as unit:
        await decline_referral(DeclineReferral(late.referral_id, DeclineReason.OTHER), unit)
    before = world.published_names

    async with world.units.begin() as unit:
        await ask_next_after_silence(late, unit)

    assert world.published_names == before


async def test_response_expired_of_an_unknown_referral_is_ignored() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
    late = expiry(world)
    async with world.units.begin() as unit:
        await erase_case(CaseErased(**CASE), unit)
    before = world.published_names

    async with world.units.begin() as unit:
        await ask_next_after_silence(late, unit)

    assert world.published_names == before
