"""The family has another first contact: what was mailed to the one before opens nothing, and the new one speaks."""

from services.matching.domain.network import Person
from services.matching.handlers.cases import follow_new_ambassador
from services.matching.handlers.stopping import stop_for_withdrawal
from shared.events.base import Role
from shared.events.http import ReferralLink
from shared.events.intake import AmbassadorReplaced
from shared.events.matching import HandoverPlanned, PartnerActivated
from tests.unit.matching.city import NOON, named, withdrawn
from tests.unit.matching.site import ACCEPTED, Site, a_site, mailed, mailed_to_ambassador


def replaced(school: str = "school") -> AmbassadorReplaced:
    return AmbassadorReplaced(
        subject=named("case"), occurred_at=NOON, case_code="AC34-DEFG", previous_id=named("juf"),
        ambassador_id=named("meester"), organisation_id=named(school), replaced_by=named("juf"),
    )  # fmt: skip


async def handed_over(school: str = "school") -> tuple[Site, str]:
    """A partner said yes, and then the family got another contact; with the page of the mail to the one before."""
    site = await a_site()
    _, link = await mailed(site)
    before = await mailed_to_ambassador(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    async with site.world.units.begin() as unit:
        new = Person(named("meester"), "Bram Verzonnen", "bram@school.example", "010 0000003")
        await unit.people.add(new.joining(named(school), Role.AMBASSADOR))
        await follow_new_ambassador(replaced(school), unit)
    return site, before


async def test_link_of_the_one_before_opens_nothing() -> None:
    site, before = await handed_over()
    assert (await site.get(before)).status_code in {404, 410}
    answered = await site.post(before, choice="plan", planned_on="05-03-2026")
    assert answered.status_code in {404, 410}
    assert not site.world.published(HandoverPlanned)


async def test_new_one_gets_the_link_and_the_one_before_no_more() -> None:
    site, _ = await handed_over()
    referral_id = str(site.world.published(PartnerActivated)[-1].referral_id)
    question = {"referralId": referral_id, "link": ReferralLink.FAMILY.value}
    assert (await site.delivery(recipientId=str(named("juf")), **question))["state"] == "no-longer-needed"
    answer = await site.delivery(recipientId=str(named("meester")), **question)
    assert answer["state"] == "deliver"
    page = answer["link"].partition("//")[2].partition("/")[2]
    planned = await site.post(f"/{page}", choice="plan", planned_on="05-03-2026")
    assert planned.status_code == 303
    (fact,) = site.world.published(HandoverPlanned)
    assert (fact.ambassador_id, fact.planned_by) == (named("meester"), named("meester"))


async def test_child_that_changed_school_is_seen_by_the_new_one() -> None:
    site, _ = await handed_over("andere school")
    path = f"/doorverwijzingen/{site.world.published(PartnerActivated)[-1].referral_id}"
    site.sign_in(Role.AMBASSADOR, "andere school", "meester")
    assert (await site.get(path)).status_code == 200
    site.sign_in(Role.AMBASSADOR, "school", "juf")
    assert (await site.get(path)).status_code in {403, 404}


async def test_case_that_is_over_stays_as_it_was() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        await stop_for_withdrawal(withdrawn(), unit)
        await follow_new_ambassador(replaced(), unit)
        case = await unit.cases.get(named("case"))
    assert case is not None
    assert case.ambassador_id == named("juf")
