import pytest

from tests.unit.intake.app import give_key
from tests.unit.intake.builders import STRANGER, everybody_joins, request, submit_request, units_in_memory
from tests.unit.intake.pages import Pages
from tests.unit.intake.school import OTHER_SECRET, School


@pytest.fixture
async def school() -> School:
    """The school of Roos; another school has a key too."""
    made = School()
    made.key_id = await give_key(made.units)
    await give_key(made.units, STRANGER, OTHER_SECRET)
    return made


@pytest.fixture
async def pages() -> Pages:
    """The pages, and one request of Roos."""
    units = units_in_memory()
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(), unit)
    return Pages(units, case.id)
