"""A partner reads its own number and never the code of the case: it cannot tell which questions are of one family."""

from collections.abc import Awaitable, Callable

import pytest

from services.matching.handlers.cases import propose_partners
from shared.access.links import Link
from shared.events.base import Role
from tests.unit.matching.city import assessed, need
from tests.unit.matching.site import ACCEPTED, Site, a_site, mailed, text_of

LIST = "/doorverwijzingen"
CODE = "AC34-DEFG"
PERSON = "contact of fietsbende"


async def asks_nothing(_: Site, __: Link) -> None:
    """As the mail comes."""


async def says_yes(site: Site, link: Link) -> None:
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)


async def says_no(site: Site, link: Link) -> None:
    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")


async def asks_first(site: Site, link: Link) -> None:
    await site.post(f"/antwoord/{link.token}", choice="ask", question="Hoe groot moet de fiets zijn?")


async def can_later(site: Site, link: Link) -> None:
    await site.post(f"/antwoord/{link.token}", choice="wait", from_day="20-03-2026")


@pytest.mark.parametrize("step", [asks_nothing, says_yes, says_no, asks_first, can_later])
async def test_partners_pages_never_show_the_code_of_the_case(
    step: Callable[[Site, Link], Awaitable[None]],
) -> None:
    site = await a_site("fietsbende")
    referral_id, link = await mailed(site)
    [referral] = await site.world.referrals()
    await step(site, link)
    site.sign_in(Role.PARTNER, "fietsbende", PERSON)

    for path in (f"/antwoord/{link.token}", LIST, f"{LIST}/{referral_id}", f"{LIST}?zoek={referral.number}"):
        page = await site.get(path)
        assert page.status_code == 200
        assert CODE not in page.text, path
        assert referral.number in text_of(page), path


async def a_site_with_two_needs() -> Site:
    site = await a_site("fietsbende")
    async with site.world.units.begin() as unit:
        await propose_partners(assessed(need(name="another"), case="another", case_code="WW34-DEFG"), unit)
    return site


async def test_partner_cannot_ask_which_of_its_questions_are_of_one_case() -> None:
    site = await a_site_with_two_needs()
    [first], [second] = await site.world.referrals(), await site.world.referrals("another")
    site.sign_in(Role.PARTNER, "fietsbende", PERSON)

    listed = text_of(await site.get(f"{LIST}?dossier={first.case_id}"))
    assert (first.number in listed, second.number in listed) == (True, True)
    assert CODE not in listed
    for typed in (CODE, CODE[:4]):
        found = text_of(await site.get(f"{LIST}?zoek={typed}"))
        assert "Er is niets dat hierbij past" in found


@pytest.mark.parametrize(
    ("role", "of", "person"), [(Role.COORDINATOR, "schakelpunt", "regie"), (Role.AMBASSADOR, "school", "juf")]
)
async def test_desk_and_ambassador_find_it_by_either_and_read_both(role: Role, of: str, person: str) -> None:
    site = await a_site_with_two_needs()
    [first], [second] = await site.world.referrals(), await site.world.referrals("another")
    site.sign_in(role, of, person)

    for typed in (CODE, first.number, first.number.lower().replace("-", "+")):
        found = text_of(await site.get(f"{LIST}?zoek={typed}"))
        assert (CODE in found, second.case_code in found) == (True, False), typed
    page = text_of(await site.get(f"{LIST}/{first.id}"))
    assert (CODE in page, first.number in page) == (True, True)
