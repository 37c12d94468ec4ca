"""The directory is said again as it is now, part by part."""

import pytest

from services.matching.handlers import announcing
from services.matching.handlers.announcing import announce, count_directory
from services.matching.handlers.taking_over import take_over
from shared.events.directory import OrganisationListed, PersonListed, ServiceListed
from tests.unit.matching.city import World
from tests.unit.matching.test_taking_over import MAP

KINDS = (OrganisationListed, ServiceListed, PersonListed)


async def test_whole_directory_is_said_again_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", 2)
    world = World()
    await take_over(MAP, world.units)
    before = {kind: {fact.subject: fact for fact in world.published(kind)} for kind in KINDS}
    told = len(world.published_names)

    parts = [count async for count in announce(world.units)]

    again = {kind: world.published(kind)[-len(before[kind]) :] for kind in KINDS}
    assert {kind: {fact.subject: fact for fact in facts} for kind, facts in again.items()} == before
    assert len(world.published_names) - told == sum(parts) == await count_directory(world.units) == 8
    assert max(parts) == 2


async def test_nothing_is_said_of_an_empty_directory() -> None:
    world = World()
    assert sum([count async for count in announce(world.units)]) == 0
    assert world.published_names == []
