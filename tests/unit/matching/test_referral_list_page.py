"""The list of referrals: search, filters and order by the address, a page at a time, and what waits first."""

import re

import pytest

from services.matching.commands import FailHelp
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.progress import fail_help
from services.matching.web.pages.referral_list import ON_A_PAGE
from shared.events.base import Role
from shared.events.referral_codes import FailureReason
from tests.unit.matching.city import assessed, contact, named, need, organisation, service
from tests.unit.matching.site import ACCEPTED, Site, a_site, mailed, text_of

LIST = "/doorverwijzingen"
CODES = {"bike": "AC34-DEFG", "sport": "WW34-DEFG", "debt": "XX34-DEFG"}


async def a_site_with_three() -> Site:
    """Three cases: for a bike (helped), for sport and for debt (asked)."""
    site = await a_site("fietsbende")
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("sportclub"))
        await unit.people.save(contact("sportclub"))
        await unit.services.save(service("sportclub", categories=("sport", "debt")))
        for category in ("sport", "debt"):
            await propose_partners(assessed(need(category), case=category, case_code=CODES[category]), unit)
    return site


def listed(words: str) -> set[str]:
    return {name for name, code in CODES.items() if code in words}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", {"bike", "sport", "debt"}),
        ("?zoek=AC34-DEFG", {"bike"}),
        ("?zoek=ac34-d", {"bike"}),
        ("?zoek=sportclub", {"sport", "debt"}),
        ("?zoek=fiets", {"bike"}),
        ("?zoek=bestaat+niet", set()),
        ("?zoek=%25", set()),
        ("?hulp=debt", {"debt"}),
        ("?hulp=no-such-code", {"bike", "sport", "debt"}),
        ("?stand=helpt", {"bike"}),
        ("?stand=gevraagd", {"sport", "debt"}),
        ("?stand=gevraagd&hulp=sport", {"sport"}),
        ("?stand=gestopt", set()),
        (f"?dossier={named('sport')}", {"sport"}),
        ("?dossier=geen-nummer", {"bike", "sport", "debt"}),
        ("?pagina=2", set()),
    ],
)
async def test_desk_finds_by_number_partner_kind_of_help_and_how_it_stands(address: str, found: set[str]) -> None:
    site = await a_site_with_three()
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")
    answered = await site.get(f"{LIST}{address}")
    assert answered.status_code == 200
    assert listed(text_of(answered)) == found


@pytest.mark.parametrize("order", ["nieuwste", "oudste", "antwoord"])
async def test_order_stands_in_the_address(order: str) -> None:
    site = await a_site_with_three()
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")
    words = text_of(await site.get(f"{LIST}?volgorde={order}"))
    places = [words.index(CODES[name]) for name in ("bike", "sport", "debt")]
    assert (
        places
        == {
            "nieuwste": sorted(places, reverse=True),
            "oudste": sorted(places),
            "antwoord": [max(places), *sorted(places[1:])],
        }[order]
    )


async def test_help_that_stopped_stands_first_for_who_speaks_for_the_family() -> None:
    site = await a_site_with_three()
    [bike, *_] = await site.world.referrals()
    async with site.world.units.begin() as unit:
        await fail_help(FailHelp(bike.id, FailureReason.PARTNER_STOPPED, named("contact of fietsbende")), unit)

    for role, of, person, first in (
        (Role.COORDINATOR, "schakelpunt", "regie", True),
        (Role.AMBASSADOR, "school", "juf", True),
        (Role.AMBASSADOR, "school", "colleague", False),
        (Role.PARTNER, "fietsbende", "contact of fietsbende", False),
    ):
        site.sign_in(role, of, person)
        words = text_of(await site.get(LIST))
        assert ("De hulp stopte, het gezin beslist" in words) is first, person
        assert (bike.number if role is Role.PARTNER else CODES["bike"]) in words
        if first:
            assert words.index("het gezin beslist") < words.index(CODES["bike"]) < words.index("Al het andere")


async def test_partner_does_not_find_by_what_a_child_needed_when_that_is_over() -> None:
    site = await a_site("fietsbende")
    site.sign_in(Role.PARTNER, "fietsbende", "contact of fietsbende")
    [asked] = await site.world.referrals()
    assert asked.number in text_of(await site.get(f"{LIST}?hulp=bike"))
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")

    for address in ("?hulp=bike", "?zoek=een+fiets"):
        assert asked.number not in text_of(await site.get(f"{LIST}{address}"))
    assert asked.number in text_of(await site.get(LIST))


async def test_list_goes_on_on_the_next_page_with_the_same_choices() -> None:
    site = await a_site_with_three()
    async with site.world.units.begin() as unit:
        for number in range(ON_A_PAGE):
            await propose_partners(assessed(need(name=f"bike {number}"), case=f"case {number}"), unit)
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")

    first = await site.get(f"{LIST}?hulp=bike&volgorde=nieuwste")

    assert f"{ON_A_PAGE + 1} keer gevraagd." in text_of(first)
    [following] = re.findall(r'href="([^"]*)" rel="next"', first.text)
    second = await site.get(following.replace("&amp;", "&"))
    assert len(re.findall(r'<th scope="row">', second.text)) == 1
    assert 'rel="next"' not in second.text
    [previous] = re.findall(r'href="([^"]*)" rel="prev"', second.text)
    assert "hulp=bike" in previous
    assert "volgorde=nieuwste" in previous


async def test_desk_goes_from_the_list_to_all_about_a_need_and_others_do_not() -> None:
    site = await a_site_with_three()
    for role, of, goes in ((Role.COORDINATOR, "schakelpunt", True), (Role.AMBASSADOR, "school", False)):
        site.sign_in(role, of)
        page = (await site.get(LIST)).text
        assert (f"{LIST}/hulpvraag/{named('need bike')}" in page) is goes
