"""Unusual reading is a point on the board: for everybody at the desk but whoever read."""

import re

import pytest

from shared.events.base import Role
from shared.events.case_codes import UnusualReading
from shared.events.http import KnownPerson
from shared.privacy.audit import About
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import COORDINATOR, an_id, read_much
from tests.unit.monitoring.twin import Monitoring

READER = an_id("reader")


async def somebody_read(kind: UnusualReading = UnusualReading.MANY_FILES) -> tuple[Monitoring, str]:
    """The board after it, and where one says that it was looked into."""
    monitoring = Monitoring()
    monitoring.people.people[READER] = KnownPerson(person_id=READER, name="Lea Verzonnen", phone="06 11223344")
    await monitoring.consumes(read_much(READER, kind))
    async with monitoring.units.begin() as unit:
        (point,) = await unit.readings.list_open()
    return monitoring, f"/bord/gelezen/{point.point_id}"


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OPERATOR])
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (UnusualReading.MANY_FILES, "de gegevens van 31 gezinnen"),
        (UnusualReading.WITHOUT_TASK, "gegevens van 31 gezinnen die al klaar waren"),
    ],
)
async def test_board_says_who_read_how_much_whom_to_call_and_what_to_do(
    role: Role, kind: UnusualReading, said: str
) -> None:
    monitoring, settle = await somebody_read(kind)
    async with visitor(monitoring, role) as colleague:
        page = (await colleague.get("/bord?alles=ja")).text
    assert f'action="{settle}"' in page
    for words in (said, "Lea Verzonnen", "06 11223344", "Bel eerst deze persoon", "Zet dan het account uit"):
        assert words in text_of(page), words


async def test_whoever_read_neither_sees_it_nor_says_that_it_was_all_right() -> None:
    monitoring, settle = await somebody_read()
    async with visitor(monitoring, Role.COORDINATOR, READER) as reader:
        assert "Opvallend gelezen" not in (await reader.get("/bord?alles=ja")).text
        refused = await reader.post(settle)
    assert (refused.status_code, "Een collega zoekt het uit" in refused.text) == (409, True)
    async with visitor(monitoring, Role.COORDINATOR) as colleague:
        assert settle in (await colleague.get("/bord?alles=ja")).text


async def test_point_goes_when_a_colleague_looked_into_it_and_the_log_says_who_did() -> None:
    monitoring, settle = await somebody_read()
    async with visitor(monitoring, Role.COORDINATOR) as colleague:
        assert (await colleague.post(settle)).headers["location"] == "/bord"
        line = list(monitoring.units.tables.table("audit_lines").values())[-1].entry
        assert settle not in (await colleague.get("/bord?alles=ja")).text
        assert (await colleague.post(settle)).status_code == 404
    assert (line.about, line.about_id, line.actor.person_id) == (About.PERSON, READER, COORDINATOR)
    assert line.purpose == "unusual-reading"


async def test_point_stands_without_a_name_while_matching_is_away() -> None:
    monitoring, settle = await somebody_read()
    monitoring.people.away = True
    async with visitor(monitoring, Role.COORDINATOR) as colleague:
        page = (await colleague.get("/bord?alles=ja")).text
    assert settle in page
    assert "Iemand bekeek" in text_of(page)
