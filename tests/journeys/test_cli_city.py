"""`schakel city`: a city's file is summed up or refused line by line, and editors get its schema."""

from pathlib import Path

from shared.kernel.city import schema
from tests.journeys.test_cli import schakel
from tests.parts.city import SCHIEWIJK


def test_a_city_that_is_right_is_summed_up_and_one_that_is_not_is_refused_line_by_line(tmp_path: Path) -> None:
    right = schakel("city", "check", str(SCHIEWIJK), folder=tmp_path)
    assert right.returncode == 0, right.stderr
    assert "describes Schiewijk" in right.stdout
    assert "noord, oost" in right.stdout
    file = tmp_path / "city.toml"
    file.write_text(SCHIEWIJK.read_text(encoding="utf-8").replace("matching = 1", "matching = 0"), encoding="utf-8")
    wrong = schakel("city", "check", folder=tmp_path, SCHAKEL_CITY=str(file))
    assert wrong.returncode == 1
    assert len(wrong.stderr.splitlines()) == 1
    assert "terms.matching: this must be 1 or more; for example: matching = 1" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_a_reason_of_a_point_that_is_none_is_named_with_those_that_are(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    text = SCHIEWIJK.read_text(encoding="utf-8").replace("plan-finished = 5", "plan-finishd = 5")
    file.write_text(text, encoding="utf-8")
    wrong = schakel("city", "check", str(file), folder=tmp_path)
    assert wrong.returncode == 1
    assert "terms.points.by_reason: there is no reason plan-finishd; these are: " in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_the_schema_for_editors_is_printed_as_it_is_kept(tmp_path: Path) -> None:
    printed = schakel("city", "schema", folder=tmp_path)
    assert printed.stdout == schema.FILE.read_text(encoding="utf-8")
    assert schakel("city", "schema", "--check", folder=tmp_path).returncode == 0
