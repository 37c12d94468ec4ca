"""Partners are looked for with the age that the child has at the inventory, not at the request."""

from datetime import date, timedelta

import pytest

from services.intake.domain.listing import CaseSearch
from services.intake.handlers.inventory import complete_inventory
from shared.events.base import AgeBand, ConsentGiver
from shared.events.intake import NeedsAssessed
from shared.privacy.audit_chain import AuditLine
from tests.parts.audit import of_the_vault
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import (
    NOW,
    ROOS,
    Units,
    everybody_joins,
    inventory,
    need,
    request,
    said,
    submit_request,
    units_in_memory,
)


async def inventories(born: date, giver: ConsentGiver, *, days_between: int) -> Units:
    """The same inventory, twice, for a child that was born on this day."""
    clock = HeldClock(NOW)
    units = units_in_memory(clock=clock)
    asked = request(birth_date=born, consent_given_by=giver)
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(asked, unit)
    for _ in range(2):
        async with units.begin() as unit:
            await complete_inventory(inventory(case.id, [need("sport")]), unit, ROOS)
        clock.forward(timedelta(days=days_between))
    return units


def bands(units: Units) -> list[AgeBand]:
    return [fact.age_band for fact in said(units) if isinstance(fact, NeedsAssessed)]


async def test_child_that_grew_is_helped_by_its_age_at_the_inventory() -> None:
    units = await inventories(date(2022, 4, 1), ConsentGiver.GUARDIAN, days_between=300)
    assert bands(units) == [AgeBand.BABY, AgeBand.YOUNG_CHILD]
    async with units.begin() as unit:
        (case,) = await unit.cases.find(CaseSearch(), None, 9)
    assert case.opening.age_band is AgeBand.YOUNG_CHILD


@pytest.mark.parametrize(
    ("born", "giver"),
    [(date(2020, 1, 1), ConsentGiver.GUARDIAN), (date(2008, 3, 20), ConsentGiver.YOUNG_PERSON)],
    ids=["a birthday within the band", "who turned 18 stays with the oldest"],
)
async def test_child_whose_band_stays_the_same_is_not_told_of_twice(born: date, giver: ConsentGiver) -> None:
    units = await inventories(born, giver, days_between=300)
    assert len(bands(units)) == 1


async def test_reading_the_birth_date_for_the_age_is_written_down() -> None:
    units = await inventories(date(2022, 4, 1), ConsentGiver.GUARDIAN, days_between=1)
    lines: list[AuditLine] = of_the_vault(units.tables.table("audit_lines").values())
    read = [(line.entry.actor.person_id, line.entry.purpose) for line in lines if line.entry.fields == ("birth_date",)]
    assert read == [(ROOS.person_id, "age-band")] * 2
