"""How people do something: one request to one service, perhaps pressed twice, and what must not happen is refused."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from shared.kernel.errors import Refusal
from tests.simulation.faults import Crashed
from tests.simulation.world import Node, World

Work = Callable[[Any], Awaitable[Any]]
# How often somebody presses a button again.
TWICE_RATE = 0.2


class Doing:
    """Requests to the services, as the web apps make them: each in a unit of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.random = world, world.random

    async def do(self, node: Node, what: str, case_id: UUID | None, work: Work, *, again: bool = True) -> Any:
        """Returns what came of it; None: refused, or the connection broke and nobody knows.

        `again`: pressing once more changes nothing, and now and then somebody does.
        """
        result = await self._once(node, what, case_id, work)
        if result is not None and again and self.random.random() < TWICE_RATE:
            await self.in_vain(node, f"{what} once more", work)
        return result

    async def in_vain(self, node: Node, what: str, work: Work) -> None:
        """What must be refused, or changes nothing: nothing may be said after it."""
        before = len(node.truth.tables.table("outbox"))
        await self._once(node, what, None, work)
        said = list(node.truth.tables.table("outbox").values())[before:]
        assert not said, f"{what} was to change nothing, and said {[row.type for row, _ in said]}"

    async def _once(self, node: Node, what: str, case_id: UUID | None, work: Work) -> Any:
        result = None
        try:
            async with node.units.begin() as unit:
                result = await work(unit)
        except Refusal as refusal:
            self.world.note(f"{what}: {refusal.code}")
            return None
        except Crashed:
            self.world.note(f"{what}: crash")
            result = None
        else:
            self.world.note(what)
        # Whoever saw it break tried as well, and may have been heard.
        if case_id is not None:
            self.world.attention.paid(case_id, self.world.clock.now())
        return result
