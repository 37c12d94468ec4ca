"""The pages on which the desk reads a map in, as its browser meets them: for the tests of them."""

import httpx

from services.matching.adapters.map_reader import MapFileReader
from services.matching.domain.map_query import MapQuery
from services.matching.handlers.import_parts import read_parts
from services.matching.handlers.import_work import ImportWork
from services.matching.web.pages.map_imports import PATH
from shared.access.sessions import Session
from shared.events.base import Role
from tests.parts.keys import sessions_of_matching
from tests.parts.people import cookie_of
from tests.unit.matching.city import NOON, named
from tests.unit.matching.site import FORM, Site, text_of

HEADER = "organisatie;aanbod;categorieen;omschrijving;contactpersoon;email;telefoon\n"
BIKE = "Fietsenfonds;Fiets;bike;Een fiets;Sam V;sam@fonds.example;\n"
COAT = "Kledingbank;Jas;clothing;Een jas;;;\n"


async def signed_in(site: Site, role: Role) -> None:
    session = Session(named(f"a {role}"), role, named("desk"))
    cookies = await cookie_of(site.world.units, sessions_of_matching(secure=False), session, NOON)
    site.client.cookies.update(cookies)


async def sent(site: Site, content: bytes | str, name: str = "kaart.csv", **fields: str) -> httpx.Response:
    raw = content.encode() if isinstance(content, str) else content
    return await site.client.post(PATH, data=fields, files={"file": (name, raw)}, headers=FORM)


async def previewed(site: Site, content: bytes | str, name: str = "kaart.csv", **fields: str) -> str:
    """The address of its page, when the worker has looked at it."""
    answer = await sent(site, content, name, **fields)
    assert answer.status_code == 303, text_of(answer)
    await worker(site)
    return answer.headers["location"]


async def worker(site: Site) -> None:
    work = ImportWork(MapFileReader(read_parts))
    for _ in range(40):
        async with site.world.units.begin() as unit:
            await work.do_next(unit)
            if await unit.map_imports.next_to_work_at() is None:
                return


async def pressed(site: Site, path: str) -> httpx.Response:
    return await site.client.post(path, headers=FORM)


async def names_on_the_map(site: Site) -> set[str]:
    async with site.world.units.begin() as unit:
        found = await unit.services.search(MapQuery(per_page=100))
    return {offer.service.name for offer in found.offers}
