"""Without a coordinator nobody looks after what is stuck: the last one stays."""

from datetime import timedelta

from services.matching.domain.network import Person
from services.matching.handlers.leaving import look_after_leavers
from shared.events.base import Role
from shared.events.directory import PersonLeavingBlocked
from tests.unit.matching.city import named
from tests.unit.matching.people_at_work import DESK, a_desk, colleague, known, now, press


async def test_last_coordinator_stays() -> None:
    site = await a_desk()

    assert (await press(site, named("regie"), "leave", when="now")).status_code == 409
    second = Person(named("tweede"), "Tweede Verzonnen", "tweede@schakelpunt.example")
    await known(site, second.joining(named(DESK), Role.COORDINATOR))
    assert (await press(site, named("regie"), "leave", when="now")).status_code == 303


async def test_last_coordinator_does_not_leave_on_a_day_either() -> None:
    """Somebody must see what waits: whoever planned to leave stays until another coordinates."""
    site = await a_desk()
    assert (await press(site, named("regie"), "leave", when="on-a-day", leaves_on="04-03-2026")).status_code == 409
    fay = await colleague(site, DESK, "fay", Role.COORDINATOR)
    for who in (named("regie"), fay.id):
        assert (await press(site, who, "leave", when="on-a-day", leaves_on="04-03-2026")).status_code == 303
    site.world.clock.forward(timedelta(days=30))

    async with site.world.units.begin() as unit:
        await look_after_leavers(unit)
    stays = [one for one in (fay.id, named("regie")) if (await now(site, one)).active]

    assert len(stays) == 1
    assert [one.subject for one in site.world.published(PersonLeavingBlocked)] == stays
