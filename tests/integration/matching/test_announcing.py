"""The directory is read on from where the last part ended, on the twin and on PostgreSQL."""

import pytest

from services.matching.handlers import announcing
from services.matching.handlers.announcing import announce
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units
from tests.unit.matching.city import contact, organisation, service

NAMES = ("one", "two", "three")


async def test_everything_is_said_once_in_parts(units: Units[MatchingUnit], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", 2)
    async with units.begin() as unit:
        await unit.organisations.save_all([organisation(name) for name in NAMES])
        await unit.services.save_all([service(name) for name in NAMES])
        for name in NAMES:
            await unit.people.save(contact(name))

    assert [count async for count in announce(units)] == [2, 1, 2, 1, 2, 1]
