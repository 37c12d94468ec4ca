import pytest

from tests.unit.intake.answering import Family, a_family
from tests.unit.intake.app import give_key
from tests.unit.intake.builders import STRANGER
from tests.unit.intake.pages import Pages, pages_in
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
    return await pages_in()


@pytest.fixture
async def family() -> Family:
    """One family whose case runs."""
    return await a_family()
