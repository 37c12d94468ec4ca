"""Links in mails, on the twin. The same promises are held on PostgreSQL in tests/integration/web."""

from random import Random

from tests.twins.ids import SeededIds
from tests.twins.links import InMemoryLinks
from tests.twins.tables import MemoryTables
from tests.unit.shared.access.link_promises import EXPIRES, NOW, PURPOSE, SUBJECT, LinkPromises, LinksAt


class TestInMemoryLinks(LinkPromises):
    """The twin keeps them."""

    async def links(self) -> LinksAt:
        tables, ids = MemoryTables(), SeededIds(Random(1))
        return lambda now: InMemoryLinks(tables, now, ids)


async def test_same_seed_gives_the_same_links() -> None:
    first, second = (InMemoryLinks(MemoryTables(), NOW, SeededIds(Random(7))) for _ in range(2))
    assert await first.mint(PURPOSE, SUBJECT, SUBJECT, EXPIRES) == await second.mint(PURPOSE, SUBJECT, SUBJECT, EXPIRES)
