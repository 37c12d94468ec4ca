"""The JSON Schema for editors says what the reader says, and is kept in step."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shared.kernel.city import schema
from tests.parts.city import SCHIEWIJK, VELDERMEER, a_city, tables

VALIDATOR = Draft202012Validator(schema.document())


def test_the_schema_that_is_kept_is_in_step(tmp_path: Path) -> None:
    assert schema.in_step(), "schakel city schema --write"
    old = tmp_path / "old.json"
    assert not schema.in_step(old)
    old.write_text(json.dumps({}), encoding="utf-8")
    assert not schema.in_step(old)


@pytest.mark.parametrize("file", [SCHIEWIJK, VELDERMEER], ids=lambda file: file.parent.name)
def test_an_editor_finds_nothing_wrong_in_the_cities_that_ship(file: Path) -> None:
    Draft202012Validator.check_schema(schema.document())
    assert not list(VALIDATOR.iter_errors(tomllib.loads(file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "changes",
    [
        {"names": "x"},
        {"desk": {"name": 3}},
        {"districts": {"Noord": "Noord"}},
        {"categories": {"bike": "Fiets"}},
        {"urgencies": {"today": None}},
        {"terms": {"matching": 0}},
        {"terms": {"office_closes_at": "25:00"}},
        {"consent": {"texts": {"yesterday": {"nl": "x"}}}},
    ],
)
def test_an_editor_underlines_what_the_reader_refuses(changes: dict[str, Any]) -> None:
    assert list(VALIDATOR.iter_errors(tables(changes)))


def test_every_key_is_explained() -> None:
    silent = [
        f"{name}.{key}"
        for name, part in [("city", schema.document()), *schema.document()["$defs"].items()]
        for shape in [part, *part.get("anyOf", [])]
        for key, field in shape.get("properties", {}).items()
        if "description" not in field
    ]
    assert not silent


DOCS = (schema.FILE.parent / "city.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_an_example_of_the_docs_can_be_copied(block: str) -> None:
    assert a_city(tomllib.loads(block)).language == "nl"


def test_the_docs_show_every_section() -> None:
    shown = {key for block in BLOCKS for key in tomllib.loads(block)}
    assert shown == set(schema.document()["properties"])
