"""The desk and the pages of one need, as a coordinator meets them."""

import re

from services.matching.domain.case import NeedState
from shared.events.base import Need, Role
from shared.events.matching import (
    NoPartnerFound,
)
from tests.unit.matching.city import named
from tests.unit.matching.site import Site, a_site, mailed, text_of

NEED = f"/doorverwijzingen/hulpvraag/{named('need bike')}"
REGIE = named("regie")
OUTSIDE = {
    "organisation": "Stichting Verzonnen",
    "name": "Sam de Vries",
    "email": "sam@verzonnen.example",
    "phone": "010 123 45 67",
    "reason": "agreed-by-phone",
}


async def a_desk(
    *partners: str, needs: tuple[Need, ...] = (), categories: tuple[str, ...] = ("bike",), **facts: object
) -> Site:
    """A site of which a coordinator sees a need; the first partner was asked."""
    site = await a_site(*partners, needs=needs, categories=categories, **facts)
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")
    return site


async def a_desk_with_nobody() -> Site:
    """Nobody on the map can be asked any more."""
    site = await a_desk("fietsbende")
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")
    assert len(site.world.published(NoPartnerFound)) == 1
    return site


async def seen(site: Site, path: str = "") -> str:
    """How the need stands on a page with a form."""
    page = await site.get(f"{NEED}{path}")
    found = re.search(r'name="seen" value="([^"]*)"', page.text)
    assert found, text_of(page)
    return found[1]


async def sends(site: Site, path: str, **fields: str) -> str:
    """Open the page of a step, fill it in and send it: what the page says then."""
    sent = await site.post(f"{NEED}{path}", seen=await seen(site, path if path != "/opnieuw" else ""), **fields)
    return text_of(await site.get(sent.headers["location"]) if sent.status_code == 303 else sent)


def ask(name: str) -> str:
    return f"/vragen/{named(f'service {name}')}"


async def state(site: Site) -> NeedState:
    async with site.world.units.begin() as unit:
        case = await unit.cases.read(named("case"))
    assert case is not None
    return case.needs[named("need bike")].state


async def active(site: Site) -> list[str]:
    async with site.world.units.begin() as unit:
        names = {named(key): key for key in ("fietsbende", "rijwielhulp", "trapkracht")}
        return [
            names.get(one.organisation_id, "outside")
            for one in await unit.referrals.list_of_case(named("case"))
            if one.is_active
        ]
