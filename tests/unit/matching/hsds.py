"""The map as machines read it: for the tests of HSDS."""

from typing import Any

from deploy.demo.city.demo_city import DemoCity
from deploy.demo.city.reading import read_map
from services.matching.handlers.taking_over import take_over_map
from tests.unit.matching.city import World
from tests.unit.matching.site import Site

MOST = 100


async def everything(site: Site, path: str) -> list[Any]:
    """All pages of a list; `path` ends in `?` or `&`."""
    found: list[Any] = []
    page = 1
    while True:
        answer = (await site.get(f"{path}per_page={MOST}&page={page}")).json()
        found += answer["contents"]
        if answer["last_page"]:
            return found
        page += 1


async def a_demo(demo: DemoCity) -> Site:
    """A city of the demo with its whole map."""
    world = World(city=demo.city)
    await take_over_map(read_map(demo.map_file, demo.city), world.units)
    return Site(world)
