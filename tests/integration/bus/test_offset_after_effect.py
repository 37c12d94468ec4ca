"""A record counts as taken after its effect, never before: a member that dies with it in hand leaves it to the next."""

import asyncio
from collections.abc import Sequence

import pytest

from shared.messaging.bus.base import Delivered
from tests.integration.bus.worlds import Taken, World, eventually, group_name, join, member, records, relay

pytestmark = pytest.mark.timeout(300)
# With growing pauses in between these take a second and a half at least: several times what lies between two commits
# of offsets.
FAILURES = 6


@pytest.mark.parametrize("next_name", ["one", "two"])
async def test_delivery_that_fails_for_longer_than_offsets_wait_goes_to_the_next_member(
    world: World, next_name: str
) -> None:
    taken, group = Taken(), group_name()
    before, after = records(world.topic, ["stuck"], [1, 2, 3]), records(world.topic, ["stuck"], [4])
    failures = list[int]()

    async def fail(batch: Sequence[Delivered]) -> None:
        failures.append(len(batch))
        raise RuntimeError("the effect is refused")

    first = join(world.bus(), world.topic, group, "one", fail)
    speaking = asyncio.create_task(relay(world.bus(), before))
    await eventually(lambda: len(failures) >= FAILURES)
    await first.kill()

    async with member(world.bus(), world.topic, group, next_name, taken.deliver):
        await relay(world.bus(), after)
        # The last of its partition: what has not come by then was passed over.
        await taken.until_all(after)
        await speaking
    assert taken.histories() == {"stuck": [1, 2, 3, 4]}
