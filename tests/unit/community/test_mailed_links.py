"""A mail's links are opened by scanners as well: looking at any of them changes nothing."""

from fastapi.routing import APIRoute

from tests.unit.community.open_pages import open_pages, vote_begins
from tests.unit.community.world import Community

AUDIT = "audit_lines"


def kept(community: Community) -> dict[str, str]:
    return {name: str(rows) for name, rows in community.units.tables.tables.items() if name != AUDIT}


async def test_looking_at_every_mailed_link_changes_nothing() -> None:
    there = await open_pages()
    await vote_begins(there)
    routes = [one for one in there.community.app().routes if isinstance(one, APIRoute) and "{token}" in one.path]
    read = [one.path for one in routes if "GET" in (one.methods or ())]
    before, seen = kept(there.community), set()
    async with there.community.visitor() as scanner:
        for route in read:
            for path in there.filled_in(route):
                if (await scanner.get(path)).status_code == 200:
                    seen.add(route)
                await scanner.head(path)
    assert kept(there.community) == before
    assert len(seen) > 8
