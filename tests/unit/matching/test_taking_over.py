"""A large map is taken over in parts, each whole: what broke off is done again."""

from collections import Counter
from dataclasses import replace

import pytest

from services.matching.commands import ContactEntry, ImportMap, OrganisationEntry, ServiceEntry
from services.matching.handlers import taking_over
from services.matching.handlers.taking_over import take_over_map
from shared.events.base import Event
from shared.events.catalogue import TOPICS
from tests.unit.matching.city import World

SAM, NOOR = ContactEntry("Sam", "sam@een.example"), ContactEntry("Noor", "noor@twee.example")
MAP = ImportMap(
    organisations=[OrganisationEntry(key, key.title()) for key in ("een", "twee", "drie")],
    services=[
        ServiceEntry(1, "fiets", "een", "Fiets", ("bike",), contacts=(SAM,)),
        ServiceEntry(2, "helm", "een", "Helm", ("bike",), contacts=(SAM, NOOR)),
        ServiceEntry(3, "slot", "twee", "Slot", ("bike",), contacts=(NOOR,)),
    ],
)


def told(world: World) -> Counter[tuple[str, object]]:
    return Counter((type(fact).__name__, fact.subject) for fact in world.published(Event))


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_over, "AT_ONCE", 2)


async def test_map_in_parts_is_the_map_at_once() -> None:
    in_parts, at_once = World(), World()
    done: list[int] = []

    report = await take_over_map(MAP, in_parts.units, done.append)
    async with at_once.units.begin() as unit:
        whole = await taking_over.import_map(MAP, unit)

    assert (report.organisations, report.services, report.people) == (3, 3, 3)
    assert report == whole
    assert told(in_parts).keys() == told(at_once).keys()
    assert done == [2, 1, 2, 1]


async def test_map_that_broke_off_is_taken_over_again_and_nothing_is_told_twice() -> None:
    broken, whole = World(), World()
    parts = ["the first", "the second"]

    def break_off(_: int) -> None:
        parts.pop()

    with pytest.raises(IndexError):
        await take_over_map(MAP, broken.units, break_off)
    await take_over_map(MAP, broken.units)
    await take_over_map(MAP, broken.units)
    await take_over_map(MAP, whole.units)

    assert told(broken) == told(whole)
    assert max(told(broken).values()) == 2, "who is named by two is told when they join, and when they join the other"


async def test_newcomers_of_a_map_are_told_in_bulk_and_what_changes_for_them_is_not() -> None:
    world = World()
    await take_over_map(MAP, world.units)

    prompt, bulk = TOPICS["matching"]
    rows = [row for row, _ in world.units.tables.table("outbox").values() if "person-listed" in row.type]
    assert [(row.sequence, row.topic) for row in rows] == [(1, bulk), (1, bulk), (2, prompt)]


async def test_row_that_somebody_changed_by_hand_since_is_read_again() -> None:
    world = World()
    await take_over_map(MAP, world.units)
    async with world.units.begin() as unit:
        [slot] = [one for one in unit.services._rows.values() if one.name == "Slot"]
        await unit.services.save(replace(slot, name="Kettingslot", kept=slot.kept.changed(at=unit.now)))

    report = await take_over_map(MAP, world.units)

    assert (report.services, report.unchanged) == (1, 5)
    async with world.units.begin() as unit:
        assert "Slot" in [one.name for one in unit.services._rows.values()]


async def test_row_whose_contact_person_changed_since_is_read_again() -> None:
    world = World()
    await take_over_map(MAP, world.units)
    async with world.units.begin() as unit:
        sam = await unit.people.read_by_email(SAM.email)
        assert sam is not None
        await unit.people.save(replace(sam, name="Samantha", version=sam.version + 1))

    report = await take_over_map(MAP, world.units)

    assert (report.services, report.people) == (0, 1)


async def test_newcomer_whom_a_part_names_twice_is_told_once() -> None:
    world = World()
    twice = [
        ServiceEntry(1, "fiets", "een", "Fiets", ("bike",), contacts=(NOOR,)),
        ServiceEntry(2, "slot", "twee", "Slot", ("bike",), contacts=(NOOR,)),
    ]
    report = await take_over_map(ImportMap(organisations=MAP.organisations, services=twice), world.units)

    rows = [row for row, _ in world.units.tables.table("outbox").values() if "person-listed" in row.type]
    assert [row.sequence for row in rows] == [1]
    assert report.people == 2
    async with world.units.begin() as unit:
        noor = await unit.people.read_by_email(NOOR.email)
    assert noor is not None
    assert len(noor.organisation_ids) == 2
