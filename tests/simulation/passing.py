"""How time passes for the four services: what is due is done at its moment, or everything until nothing is left."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import product

from shared.events.catalogue import TOPICS
from tests.parts.city import a_city
from tests.simulation.bus import PARTITIONS
from tests.simulation.world import Node, World
from tests.twins.unit_of_work import InMemoryOutboxRows

# Each day the jobs are done once, and it is looked at whether somebody waits, also when no clock says so.
MORNING = time(8, 0)
MOST_ROUNDS = 500
NOTHING_DUE_BEFORE = timedelta(minutes=1)


async def settle(world: World) -> None:
    """No process dies any more, and what was poison is mended: run until nothing is left to do at this instant."""
    rate, world.faults.rate = world.faults.rate, 0.0
    await run_dry(world)
    poison_rate, world.faults.poison_rate = world.faults.poison_rate, 0.0
    await world.mend()
    await run_dry(world)
    for node in world.nodes:
        await world.do_jobs(node)
    await run_dry(world)
    world.faults.rate, world.faults.poison_rate = rate, poison_rate


async def run_dry(world: World) -> None:
    """Whoever has something to do does it, and starts again when it dies, until nobody has."""
    busy, rounds = True, 0
    while busy:
        rounds += 1
        assert rounds < MOST_ROUNDS, "P7: something is there to be done, and nobody gets it done"
        busy = await world.post.deliver() > 0
        for node in world.nodes:
            busy |= await _do_what_waits(world, node)


async def _do_what_waits(world: World, node: Node) -> bool:
    """Only what has something to do: most have not, and looking costs a transaction. Returns whether there was any."""
    tables, busy = node.truth.tables, False
    if await InMemoryOutboxRows(node.truth).waiting(1):
        await world.relay(node, 1000)
        busy = True
    if tables.table("parked_events"):
        # What stands aside for good is no work.
        busy |= await world.retry_parked(node) > 0
    if any(due_at <= world.clock.now() for due_at, _ in tables.table("timers").values()):
        await world.fire(node)
        busy = True
    topics = [topic for heard in node.hears for topic in TOPICS[heard]]
    for topic, partition in product(topics, range(PARTITIONS)):
        if world.bus.waiting(node.name, (topic, partition)):
            await world.consume(node, topic, partition)
            busy = True
    return busy


async def live(world: World, by: timedelta, look: Callable[[], None]) -> None:
    """Time passes, and every process is at work: what is due is done at its moment. `look` is called at each."""
    end = world.clock.now() + by
    while world.clock.now() < end:
        morning = _next_morning(world.clock.now())
        moment = min(_next_due(world), morning, end)
        world.forward(max(moment - world.clock.now(), NOTHING_DUE_BEFORE))
        await run_dry(world)
        if world.clock.now() >= morning:
            for node in world.nodes:
                await world.do_jobs(node)
            await run_dry(world)
        look()


def _next_due(world: World) -> datetime:
    timers = (due_at for node in world.nodes for due_at, _ in node.truth.tables.table("timers").values())
    mails = (
        moment
        for mail in world.notify.truth.tables.table("messages").values()
        if (moment := mail.next_attempt_at or mail.lease_until) is not None
    )
    return min([*timers, *mails], default=datetime.max.replace(tzinfo=UTC))


def _next_morning(now: datetime) -> datetime:
    city = a_city()
    day = city.day_of(now)
    today = city.instant_of(day, MORNING)
    return today if today > now else city.instant_of(day + timedelta(days=1), MORNING)
