"""A file that changes many people who are known takes nobody's time, but for what has to end at once."""

import pytest

from services.matching.commands import ContactEntry, ImportMap, OrganisationEntry, PersonEntry
from services.matching.handlers import named_people
from services.matching.handlers.taking_over import import_map
from shared.events.base import Role
from shared.events.catalogue import TOPICS
from tests.unit.matching.city import World, named

PROMPT, BULK = TOPICS["matching"]
PEOPLE = 5


async def a_file(world: World, *, at: str, last: Role = Role.AMBASSADOR) -> list[str]:
    """The topics of what it said of people; the last of them has this role at the school."""
    before = len(world.units.tables.table("outbox"))
    people = [
        PersonEntry(line, str(named(at)), Role.AMBASSADOR, ContactEntry(f"Sam {line}", f"sam{line}@school.example"))
        for line in range(1, PEOPLE)
    ]
    contact = ContactEntry(f"Sam {PEOPLE}", f"sam{PEOPLE}@school.example")
    people.append(PersonEntry(PEOPLE, str(named("school")), last, contact))
    both = [OrganisationEntry(str(named(name)), name.title()) for name in ("school", "club")]
    async with world.units.begin() as unit:
        await import_map(ImportMap(organisations=both, people=people), unit)
    said = list(world.units.tables.table("outbox").values())[before:]
    return [row.topic for row, _ in said if "person-listed" in row.type]


async def test_many_people_of_a_file_take_their_time_but_for_those_whose_role_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(named_people, "MOST_PROMPT", 2)
    world = World()

    newcomers = await a_file(world, at="school")
    changed = await a_file(world, at="club", last=Role.COORDINATOR)

    assert newcomers == [BULK] * PEOPLE
    assert changed == [PROMPT, PROMPT, BULK, BULK, PROMPT]
