"""Notes of the desk: for coordinators only, without what belongs to the family, and gone with the case."""

import re

import pytest

from services.monitoring.domain.notes import MOST_LETTERS
from shared.events.base import Role
from shared.events.intake import CaseErased
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import CASE, TUESDAY, an_id
from tests.unit.monitoring.desk import ANNA, BAS, COLLEAGUE, at_the_desk
from tests.unit.monitoring.twin import Monitoring

WORDS = "Woensdag teruggebeld, ze zoeken het uit."


async def write(monitoring: Monitoring, words: str = WORDS, **fields: str) -> tuple[int, str]:
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.post(f"/bord/{CASE}/notities", data={"words": words, **fields})
    return page.status_code, page.text


async def read(monitoring: Monitoring, role: Role = Role.COORDINATOR) -> str:
    async with visitor(monitoring, role) as browser:
        return (await browser.get(f"/bord/{CASE}")).text


async def test_note_is_read_by_colleagues_with_who_wrote_it_and_when() -> None:
    monitoring = await at_the_desk()
    assert (await write(monitoring))[0] == 303
    page = await read(monitoring)
    assert WORDS in page
    assert ANNA in page
    assert "8 september 2026 om 10:00" in page
    assert "Schrijf hier niets over het gezin zelf: geen namen, geen verhaal." in page
    assert WORDS not in await read(monitoring, Role.OPERATOR)
    assert monitoring.published() == []


async def test_two_writers_lose_nothing_and_the_pinned_one_stands_on_top() -> None:
    monitoring = await at_the_desk()
    await write(monitoring, "Eerste.", pinned="true")
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        await browser.post(f"/bord/{CASE}/notities", data={"words": "Tweede."})
    page = await read(monitoring)
    assert page.index("Eerste.") < page.index("Tweede.")
    assert BAS in page
    path = re.findall(rf'action="(/bord/{CASE}/notities/[0-9a-f-]+/vast)"', page)[0]
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        await browser.post(path, data={"pinned": "false"})
    assert "Bovenaan</span>" not in await read(monitoring)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("Het bsn is 111222333", "burgerservicenummer"),
        ("", "Notitie"),
        ("\u200b", "vul dit in"),
        ("a" * (MOST_LETTERS + 1), "1000"),
    ],
)
async def test_note_that_cannot_be_kept_says_why_and_keeps_what_was_typed(words: str, problem: str) -> None:
    monitoring = await at_the_desk()
    status, page = await write(monitoring, words)
    assert status == 400
    assert problem in page
    assert not monitoring.units.tables.table("notes")


async def test_note_is_taken_away_for_good_after_a_question() -> None:
    monitoring = await at_the_desk()
    await write(monitoring)
    (path,) = re.findall(rf'href="(/bord/{CASE}/notities/[0-9a-f-]+/weg)"', await read(monitoring))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        asked = await browser.get(path)
        assert "Je kunt hem niet terughalen." in asked.text
        assert WORDS in await read(monitoring)
        assert (await browser.post(path)).status_code == 303
        assert (await browser.get(path)).status_code == 303
    assert WORDS not in await read(monitoring)


async def test_notes_are_gone_with_the_case_and_nobody_writes_after_it() -> None:
    monitoring = await at_the_desk()
    await write(monitoring)
    await monitoring.consumes(CaseErased(subject=CASE, occurred_at=TUESDAY))
    assert not monitoring.units.tables.table("notes")
    assert (await write(monitoring))[0] == 404
    assert not monitoring.units.tables.table("notes")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AMBASSADOR, Role.PARTNER])
async def test_only_coordinators_write(role: Role) -> None:
    monitoring = await at_the_desk()
    async with visitor(monitoring, role, an_id(role)) as browser:
        assert (await browser.post(f"/bord/{CASE}/notities", data={"words": WORDS})).status_code == 403
