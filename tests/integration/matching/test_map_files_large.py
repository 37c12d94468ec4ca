"""A large file with a map is read by a process of its own; what it finds is what a small one would say."""

import os
from collections.abc import Iterator

import pytest

from services.matching.adapters import map_reader
from services.matching.adapters.child_process import ChildDied, answers_of_child
from services.matching.domain.map_import import REFUSED_ROWS, ImportState, Verdict
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units
from tests.integration.matching.sent_maps import BIKE, COAT, HEADER, WRONG, lines, offers, previewed, said_yes


async def test_large_file_is_read_as_a_small_one_is(
    units: Units[MatchingUnit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_reader, "READ_HERE_UP_TO", 0)

    sent = await previewed(units, HEADER + BIKE + COAT + WRONG)

    assert (sent.state, sent.rows) == (ImportState.READY, 4)
    [refused] = await lines(units, sent, Verdict.REFUSED)
    assert (refused.line, refused.column) == (4, "categorieen")
    async with units.begin() as unit:
        table = await unit.map_imports.read_part(sent.id, REFUSED_ROWS)
    assert table is not None
    assert "raket" in table.decode("utf-8-sig")
    await said_yes(units, sent)
    assert (await offers(units)).keys() == {"Fiets", "Jas"}


def sizes(content: bytes, times: int) -> Iterator[tuple[int, int]]:
    yield from ((os.getpid(), len(content)) for _ in range(times))


def refuses(content: bytes) -> Iterator[int]:
    yield len(content)
    raise LookupError("a problem")


def dies(_: bytes) -> Iterator[int]:
    os._exit(9)


async def test_work_of_a_child_comes_one_by_one_and_its_end_is_told() -> None:
    found = [each async for each in answers_of_child(sizes, b"x" * 2_000_000, 3)]

    assert [size for _, size in found] == [2_000_000] * 3
    assert os.getpid() not in {child for child, _ in found}
    with pytest.raises(LookupError, match="a problem"):
        [each async for each in answers_of_child(refuses, b"")]
    with pytest.raises(ChildDied):
        [each async for each in answers_of_child(dies, b"x")]
