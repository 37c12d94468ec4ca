"""A family would rather not have somebody: facts name nobody, and whoever it is makes way."""

from services.matching.domain.case import NeedState
from services.matching.handlers.cases import propose_partners, stop_for_closing
from services.matching.handlers.unwanted import leave_out
from shared.events.case_codes import NeedResult
from shared.events.family_voice import OrganisationsExcluded
from shared.events.intake import ClosedNeed
from shared.events.matching import PartnerActivated, ReferralWithdrawn
from tests.parts.keys import mark
from tests.unit.matching.city import NOON, assessed, named
from tests.unit.matching.site import ACCEPTED, Site, a_site, mailed
from tests.unit.matching.test_stopping import CLOSED


async def rather_not(site: Site, *organisations: str, case: str = "case") -> None:
    marks = tuple(mark(named(case), named(one)) for one in organisations)
    async with site.world.units.begin() as unit:
        await leave_out(OrganisationsExcluded(subject=named("case"), occurred_at=NOON, left_out=marks), unit)


async def test_partner_that_was_asked_makes_way_and_the_next_one_is_asked() -> None:
    site = await a_site()
    await rather_not(site, "fietsbende")

    [withdrawn] = site.world.published(ReferralWithdrawn)
    assert withdrawn.organisation_id == named("fietsbende")
    assert [one.organisation_id for one in site.world.published(PartnerActivated)] == [
        named("fietsbende"), named("rijwielhulp"),
    ]  # fmt: skip


async def test_help_that_is_promised_is_not_taken_away_by_a_machine() -> None:
    site = await a_site()
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    await rather_not(site, "fietsbende")

    assert len(site.world.published(PartnerActivated)) == 1 + len(site.world.published(ReferralWithdrawn))


async def test_need_that_is_settled_with_its_case_stays_settled() -> None:
    site = await a_site()
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    met = ClosedNeed(need_id=named("need bike"), result=NeedResult.MET)
    async with site.world.units.begin() as unit:
        await stop_for_closing(CLOSED.model_copy(update={"needs": (met,)}), unit)
    await rather_not(site, "fietsbende")

    async with site.world.units.begin() as unit:
        case = await unit.cases.get(named("case"))
    assert case is not None
    assert case.needs[named("need bike")].state is NeedState.MET
    assert [one.organisation_id for one in site.world.published(ReferralWithdrawn)] == [named("fietsbende")]


async def test_marks_of_another_case_mean_nobody() -> None:
    site = await a_site()
    await rather_not(site, "fietsbende", case="another")

    assert not site.world.published(ReferralWithdrawn)


async def test_one_that_was_left_out_is_not_asked_for_a_need_that_comes_later() -> None:
    site = await a_site()
    await rather_not(site, "fietsbende", "rijwielhulp")
    async with site.world.units.begin() as unit:
        await propose_partners(assessed(unwanted=(named("fietsbende"), named("rijwielhulp"))), unit)

    assert len(site.world.published(PartnerActivated)) == 1


async def test_family_that_has_it_after_all_is_helped_by_it_again() -> None:
    site = await a_site()
    await rather_not(site, "fietsbende", "rijwielhulp")
    asked = len(site.world.published(PartnerActivated))
    await rather_not(site, "rijwielhulp")

    activated = site.world.published(PartnerActivated)
    assert [one.organisation_id for one in activated[asked:]] == [named("fietsbende")]
