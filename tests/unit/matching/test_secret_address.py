"""A secret address: matching seeks in the whole city, and no page, reason or fact says where the family lives."""

from services.matching.handlers.cases import propose_partners
from services.matching.handlers.secret_address import hide_address, show_address
from shared.events.family_safety import AddressHidden, AddressShown
from shared.events.matching import PartnerActivated
from tests.unit.matching.city import NOON, World, assessed, named
from tests.unit.matching.site import a_site, mailed, text_of

HIDDEN = AddressHidden(subject=named("case"), occurred_at=NOON)
SHOWN = AddressShown(subject=named("case"), occurred_at=NOON, district="oost")
TELLS = ("Werkt in Oost", "Werkt meestal in")


async def reasons_in(world: World) -> list[str]:
    async with world.units.begin() as unit:
        referrals = await unit.referrals.list_of_case(named("case"))
        rankings = [one for each in referrals for one in await unit.history.list_rankings(each.need_id)]
    kept = [words for ranking in rankings for line in ranking.lines for words in line.reasons]
    return [*kept, *(words for each in referrals for words in each.reasons)]


async def asked_with(district: str) -> World:
    world = await World().with_partners("fietsbende", "buurtwerk", districts=("oost",))
    async with world.units.begin() as unit:
        await propose_partners(assessed(district=district), unit)
    return world


async def test_partner_that_works_everywhere_goes_before_one_of_any_district_and_nothing_says_why() -> None:
    world = await World().with_partners("noorderlicht", districts=("oost",))
    await world.with_partners("overal")
    async with world.units.begin() as unit:
        await propose_partners(assessed(district=None), unit)
    (fact,) = world.published(PartnerActivated)
    assert (fact.district, fact.organisation_id) == (None, named("overal"))
    assert not [words for words in await reasons_in(world) if words.startswith(TELLS)]


async def test_hidden_later_it_is_forgotten_with_every_reason_that_tells_it() -> None:
    world = await asked_with("oost")
    assert world.published(PartnerActivated)[0].district == "oost"
    assert [words for words in await reasons_in(world) if words.startswith(TELLS)]
    async with world.units.begin() as unit:
        await hide_address(HIDDEN, unit)
    assert world.published(PartnerActivated)[0].district is None
    assert not [words for words in await reasons_in(world) if words.startswith(TELLS)]
    assert await reasons_in(world), "other reasons stay"
    async with world.units.begin() as unit:
        await show_address(SHOWN, unit)
        case = await unit.cases.read(named("case"))
    assert case is not None
    assert case.district == "oost"


async def test_hidden_in_the_very_batch_that_asks_a_partner_it_is_published_nowhere() -> None:
    world = await World().with_partners("fietsbende", "buurtwerk", districts=("oost",))
    async with world.units.begin() as unit:
        await propose_partners(assessed(district="oost"), unit)
        await hide_address(HIDDEN, unit)
    assert [one.district for one in world.published(PartnerActivated)] == [None]
    assert not [words for words in await reasons_in(world) if words.startswith(TELLS)]


async def test_partner_reads_that_the_district_is_not_shown() -> None:
    site = await a_site()
    _, link = await mailed(site)
    before = text_of(await site.get(f"/antwoord/{link.token}"))
    async with site.world.units.begin() as unit:
        await hide_address(HIDDEN, unit)
    after = text_of(await site.get(f"/antwoord/{link.token}"))
    assert ("Oost" in before, "niet getoond" in before) == (True, False)
    assert ("Oost" in after, "niet getoond" in after) == (False, True)
