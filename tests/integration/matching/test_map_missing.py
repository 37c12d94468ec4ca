"""What stood in a file before and does not any more is marked, and never deleted; on the twin and on PostgreSQL."""

import pytest

from services.matching.domain.map_import import Verdict
from services.matching.handlers import taking_over
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units
from tests.integration.matching.sent_maps import (
    BIKE,
    COAT,
    HEADER,
    HELMET,
    WRONG,
    lines,
    offers,
    previewed,
    taken,
    undone,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_over, "AT_ONCE", 2)


async def test_offer_that_left_its_file_is_marked_until_it_comes_back(units: Units[MatchingUnit]) -> None:
    await taken(units, HEADER + BIKE + COAT)

    sent = await taken(units, HEADER + BIKE)

    assert [one.name for one in await lines(units, sent, Verdict.MISSING)] == ["Jas"]
    coat = (await offers(units))["Jas"]
    assert coat.active
    assert coat.kept.missing_from == "de kaart"
    async with units.begin() as unit:
        assert coat.kept.missing_since == unit.city.day_of(unit.now)
        assert [one.name for one in await unit.organisations.list_in_doubt(5)] == ["Kledingbank"]

    await taken(units, HEADER + BIKE + COAT.replace("Een jas", "Een winterjas"))
    assert not (await offers(units))["Jas"].kept.is_missing


async def test_offer_that_comes_back_as_it_was_loses_its_mark_and_is_no_change(units: Units[MatchingUnit]) -> None:
    await taken(units, HEADER + BIKE + COAT)
    version = (await offers(units))["Jas"].kept.version
    await taken(units, HEADER + BIKE)
    marked = (await offers(units))["Jas"].kept

    sent = await taken(units, HEADER + BIKE + COAT)

    assert [one.name for one in await lines(units, sent, Verdict.BACK)] == ["Jas"]
    coat = (await offers(units))["Jas"]
    assert (coat.kept.version, coat.kept.is_missing) == (version, False)
    await undone(units, sent)
    assert (await offers(units))["Jas"].kept == marked


async def test_undo_takes_the_mark_away_again(units: Units[MatchingUnit]) -> None:
    await taken(units, HEADER + BIKE + COAT)
    sent = await taken(units, HEADER + BIKE)

    await undone(units, sent)

    assert not (await offers(units))["Jas"].kept.is_missing
    again = await previewed(units, HEADER + BIKE)
    assert [one.name for one in await lines(units, again, Verdict.MISSING)] == ["Jas"]


@pytest.mark.parametrize(
    "other",
    [HEADER + BIKE + WRONG, "organisatie\nFietsenfonds\n", HEADER + BIKE + ';;"open\n'],
    ids=["with a mistake that has a name", "of schools alone", "with a row that nobody can read"],
)
async def test_file_that_cannot_tell_marks_no_more_than_it_tells(units: Units[MatchingUnit], other: str) -> None:
    await taken(units, HEADER + BIKE + COAT + WRONG.replace("raket", "clothing"))

    sent = await previewed(units, other)

    missing = [one.name for one in await lines(units, sent, Verdict.MISSING)]
    assert missing == (["Jas"] if WRONG in other else [])


async def test_another_source_marks_nothing_of_this_one(units: Units[MatchingUnit]) -> None:
    await taken(units, HEADER + BIKE + COAT)

    sent = await previewed(units, HEADER + HELMET, source="een andere")

    assert await lines(units, sent, Verdict.MISSING) == []
