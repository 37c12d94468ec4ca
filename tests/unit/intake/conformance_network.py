"""What every store of intake must do with what it hears of the network."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from shared.events.base import Role
from shared.unit_of_work import Units
from tests.parts.people import member
from tests.unit.intake.builders import OTHER_SCHOOL, PARTNER, ROOS, SCHOOL, SERVICE

Store = Units[Any]
ID = UUID("00000000-0000-7000-8000-0000000000d1")


class NetworkConformance:
    """A part of `StoreConformance`."""

    async def test_person_is_known_as_last_heard(self, units: Store) -> None:
        person = member(ROOS.person_id, SCHOOL, Role.AMBASSADOR)
        away = replace(person, deputy_id=ID, away_from=date(2026, 9, 1), away_until=date(2026, 9, 8))
        gone = member(ROOS.person_id, OTHER_SCHOOL, Role.COORDINATOR, active=False)
        async with units.begin() as unit:
            await unit.members.save(person)
            assert await unit.members.read_many([ROOS.person_id, ID]) == {ROOS.person_id: person}
            assert await unit.members.list_with_role(Role.COORDINATOR) == []
            for later in (away, gone):
                await unit.members.save(later)
                assert await unit.members.read(ROOS.person_id) == later
            assert await unit.members.read_many([]) == {}
            assert await unit.members.list_with_role(Role.COORDINATOR) == []
            assert await unit.members.list_of_organisation(OTHER_SCHOOL) == []

    async def test_names_of_organisations_and_services_are_known_as_last_heard(self, units: Store) -> None:
        async with units.begin() as unit:
            await unit.network.save_organisation(PARTNER, "Oude naam")
            await unit.network.save_organisation(PARTNER, "Fietsbank")
            await unit.network.save_service(SERVICE, PARTNER, "Een fiets")
            assert await unit.network.read_names([PARTNER, SERVICE, ID]) == {PARTNER: "Fietsbank", SERVICE: "Een fiets"}
            await unit.network.save_organisation(ID, "Aardige buren")
            assert list((await unit.network.list_organisations()).items()) == [
                (ID, "Aardige buren"),
                (PARTNER, "Fietsbank"),
            ]

    async def test_kind_of_an_organisation_is_known_as_last_heard(self, units: Store) -> None:
        async with units.begin() as unit:
            assert await unit.network.read_kind(PARTNER) is None
            await unit.network.save_organisation(PARTNER, "Fietsbank", "fund")
            assert await unit.network.read_kind(PARTNER) == "fund"
            await unit.network.save_organisation(PARTNER, "Fietsbank")
            assert await unit.network.read_kind(PARTNER) is None
