"""What was written down wrongly of a family: partners are sought by how it is, and read how it is."""

from typing import Any

from services.matching.domain.case import CaseState, NeedState
from services.matching.handlers.cases import await_inventory, propose_partners
from services.matching.handlers.corrections import follow_correction
from shared.events.base import AgeBand
from shared.events.intake import CaseCorrected, NewQuestionRaised
from shared.events.matching import NoPartnerFound, PartnerActivated
from tests.unit.matching.city import NOON, World, assessed, named
from tests.unit.matching.site import a_site, mailed, text_of


def corrected(**changes: Any) -> CaseCorrected:  # noqa: ANN401 - any field of it
    facts: dict[str, Any] = {name: getattr(assessed(), name) for name in CaseCorrected.model_fields}
    return CaseCorrected(**(facts | {"occurred_at": NOON} | changes))


async def hears(world: World, *events: CaseCorrected) -> None:
    async with world.units.begin() as unit:
        for event in events:
            await follow_correction(event, unit)


async def test_partner_that_was_asked_reads_how_it_is_and_no_reason_tells_how_it_was() -> None:
    site = await a_site()
    _, link = await mailed(site)
    assert "Oost" in text_of(await site.get(f"/antwoord/{link.token}"))
    await hears(site.world, corrected(district="noord", age_band=AgeBand.TEENAGER))
    page = text_of(await site.get(f"/antwoord/{link.token}"))
    assert ("Oost" in page, "Noord" in page) == (False, True)
    async with site.world.units.begin() as unit:
        case = await unit.cases.read(named("case"))
        (referral,) = await unit.referrals.list_of_case(named("case"))
    assert case
    assert (case.district, case.age_band) == ("noord", AgeBand.TEENAGER)
    assert not [words for words in referral.reasons if "Oost" in words]


async def test_where_nobody_was_found_for_the_wrong_age_somebody_is_asked_for_the_right_one() -> None:
    world = await World().with_partners("fietsbende", minimum_age=12, maximum_age=17)
    async with world.units.begin() as unit:
        await propose_partners(assessed(age_band=AgeBand.BABY), unit)
    assert (len(world.published(NoPartnerFound)), world.published(PartnerActivated)) == (1, [])
    await hears(world, corrected(age_band=AgeBand.TEENAGER))
    assert [fact.organisation_id for fact in world.published(PartnerActivated)] == [named("fietsbende")]


async def test_correction_of_a_closed_case_asks_nobody() -> None:
    world = await World().with_partners("fietsbende", minimum_age=12, maximum_age=17)
    async with world.units.begin() as unit:
        await propose_partners(assessed(age_band=AgeBand.BABY), unit)
        case = await unit.cases.get(named("case"))
        assert case
        case.state = CaseState.CLOSED
        await unit.cases.save(case)
    await hears(world, corrected(age_band=AgeBand.TEENAGER))
    assert world.published(PartnerActivated) == []
    async with world.units.begin() as unit:
        case = await unit.cases.read(named("case"))
    assert case
    assert case.age_band is AgeBand.TEENAGER
    assert {need.state for need in case.needs.values()} == {NeedState.UNMET}


async def test_what_rests_until_the_inventory_of_a_new_question_is_asked_with_that_and_not_with_a_correction() -> None:
    world = await World().with_partners("fietsbende", minimum_age=12, maximum_age=17)
    async with world.units.begin() as unit:
        await propose_partners(assessed(age_band=AgeBand.BABY), unit)
        case = await unit.cases.get(named("case"))
        assert case
        case.state = CaseState.CLOSED
        await unit.cases.save(case)
    question = NewQuestionRaised(subject=named("case"), occurred_at=NOON, raised_by=named("juf"))
    async with world.units.begin() as unit:
        await await_inventory(question, unit)
    await hears(world, corrected(age_band=AgeBand.TEENAGER))
    assert (len(world.published(NoPartnerFound)), world.published(PartnerActivated)) == (1, [])
    async with world.units.begin() as unit:
        await propose_partners(assessed(age_band=AgeBand.TEENAGER), unit)
    assert [fact.organisation_id for fact in world.published(PartnerActivated)] == [named("fietsbende")]


async def test_correction_of_a_case_that_matching_does_not_know_any_more_changes_nothing() -> None:
    world = World()
    await hears(world, corrected())
    async with world.units.begin() as unit:
        assert await unit.cases.read(named("case")) is None
