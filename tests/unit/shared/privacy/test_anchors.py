"""What stands outside the database stays there, whatever else dies."""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from shared.privacy.anchors import Anchors, AnchorsUnreadable


def add_some(folder: Path, writer: int) -> None:
    """A process that adds twenty lines."""
    for number in range(20):
        Anchors(folder).append("erased", {"writer": writer, "number": number})


def test_anchors_give_back_what_was_added_in_its_order(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "intake")

    anchors.append("erased", {"case": "one"}, {"case": "two"})
    anchors.append("erased", {"case": "three"})

    assert [each["case"] for each in anchors.read("erased")] == ["one", "two", "three"]
    assert anchors.read("audit-heads") == []


def test_anchors_of_several_processes_keep_every_line(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as processes:
        list(processes.map(partial(add_some, tmp_path), range(4)))

    kept = Anchors(tmp_path).read("erased")

    assert sorted((each["writer"], each["number"]) for each in kept) == [(w, n) for w in range(4) for n in range(20)]


def test_anchors_pass_over_half_a_line_and_cut_it_before_the_next(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path)
    anchors.append("erased", {"case": "one"})
    with (tmp_path / "erased.jsonl").open("a") as file:
        file.write('{"case": "tw')

    assert anchors.read("erased") == [{"case": "one"}]

    anchors.append("erased", {"case": "two"})
    assert anchors.read("erased") == [{"case": "one"}, {"case": "two"}]


def test_anchors_name_the_line_that_somebody_changed(tmp_path: Path) -> None:
    Anchors(tmp_path).append("erased", {"case": "one"}, {"case": "two"})
    file = tmp_path / "erased.jsonl"
    file.write_text(file.read_text().replace('{"case": "one"}', "nothing"))

    with pytest.raises(AnchorsUnreadable, match="line 1"):
        Anchors(tmp_path).read("erased")


def test_anchors_are_read_by_their_service_alone(tmp_path: Path) -> None:
    Anchors(tmp_path).append("erased", {"case": "one"})

    assert (tmp_path / "erased.jsonl").stat().st_mode & 0o077 == 0
