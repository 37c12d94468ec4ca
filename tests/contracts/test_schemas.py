"""The frozen schemas are in step with the classes, and a change that breaks a frozen version is refused by name."""

import json
import shutil
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator
from pydantic import Field, StringConstraints, create_model

from shared.events.base import Code, Count, Frozen
from shared.events.catalogue import classes_by_wire_name
from shared.events.schema_compatibility import incompatibilities
from shared.events.schema_export import FOLDER, IncompatibleChange, check, export, schema_of

ACKNOWLEDGED = "nl.schakel.intake.request-acknowledged.v1"


class Kind(StrEnum):
    """A list of values as it was frozen."""

    WARM = "warm"
    COLD = "cold"


class FewerKinds(StrEnum):
    """One value less."""

    WARM = "warm"


class MoreKinds(StrEnum):
    """One value more."""

    WARM = "warm"
    COLD = "cold"
    TEPID = "tepid"


class Part(Frozen):
    """A value inside, as it was frozen."""

    part_id: UUID
    size: Count = 0


class PartWithNote(Part):
    """The same with a new optional field."""

    note_id: UUID | None = None


class PartWithoutSize(Frozen):
    """The same with a field removed."""

    part_id: UUID


FROZEN: dict[str, Any] = {
    "subject": (UUID, ...),
    "category": (Code, ...),
    "count": (Count, ...),
    "kind": (Kind, Kind.WARM),
    "parts": (tuple[Part, ...], ()),
    "remark_id": (UUID | None, None),
}
WIDER_CODE = Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
TIGHTER_COUNT = Annotated[int, Field(ge=1, le=1_000_000)]
LOOSER_COUNT = Annotated[int, Field(ge=0, le=2_000_000)]
UNLIMITED_COUNT = Annotated[int, Field(ge=0)]
LIMITED_PARTS = Annotated[tuple[Part, ...], Field(max_length=3)]

REFUSED = [
    ({"category": None}, "category: the field was removed"),
    ({"remark_id": None}, "remarkId: the field was removed"),
    ({"category": (Count, ...)}, "category: was retyped from string to integer"),
    ({"subject": (str, ...)}, "subject: was retyped from string (uuid) to string"),
    ({"remark_id": (UUID, None)}, "remarkId: was retyped from string (uuid) or null to string (uuid)"),
    ({"parts": (tuple[Part, ...], ...)}, "parts: was made required"),
    ({"count": (Count, 0)}, "count: was made optional"),
    ({"new_id": (UUID, ...)}, "newId: is a new required field"),
    ({"kind": (FewerKinds, FewerKinds.WARM)}, "kind: the enum value 'cold' was removed"),
    ({"kind": (MoreKinds, MoreKinds.WARM)}, "kind: the enum value 'tepid' was added"),
    ({"kind": (Kind, Kind.COLD)}, "kind: the default changed from 'warm' to 'cold'"),
    ({"count": (TIGHTER_COUNT, ...)}, "count: the limit minimum was tightened from 0 to 1"),
    ({"count": (LOOSER_COUNT, ...)}, "count: the limit maximum was loosened from 1000000 to 2000000"),
    ({"count": (UNLIMITED_COUNT, ...)}, "count: the limit maximum was loosened from 1000000 to None"),
    ({"parts": (LIMITED_PARTS, ())}, "parts: the limit maxItems was tightened from None to 3"),
    ({"category": (WIDER_CODE, ...)}, "category: the limit pattern was changed"),
    ({"parts": (tuple[PartWithoutSize, ...], ())}, "parts[].size: the field was removed"),
    ({"parts": (tuple[UUID, ...], ())}, "parts[]: was retyped from object to string (uuid)"),
]
ALLOWED = [
    {},
    {"new_id": (UUID | None, None)},
    {"new_ids": (tuple[UUID, ...], ())},
    {"parts": (tuple[PartWithNote, ...], ())},
    {"kind": (Annotated[Kind, Field(description="Other words.")], Kind.WARM)},
]


def schema(changes: dict[str, Any]) -> dict[str, Any]:
    """The schema of the frozen event with some fields changed, or removed (None)."""
    fields = {name: value for name, value in (FROZEN | changes).items() if value is not None}
    return create_model("Noted", __base__=Frozen, **fields).model_json_schema(by_alias=True)


def edited_copy(folder: Path, **properties: dict[str, str]) -> Path:
    """All frozen schemas, with these properties in the frozen schema of RequestAcknowledged."""
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    file = folder / f"{ACKNOWLEDGED}.json"
    frozen = json.loads(file.read_text(encoding="utf-8"))
    frozen["properties"].update(properties)
    file.write_text(json.dumps(frozen), encoding="utf-8")
    return folder


def test_the_frozen_schemas_are_in_step_with_the_events() -> None:
    assert [str(problem) for problem in check()] == []


def test_every_schema_is_a_valid_json_schema() -> None:
    for event in classes_by_wire_name().values():
        Draft202012Validator.check_schema(schema_of(event))


@pytest.mark.parametrize(("changes", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_change_is_refused_with_its_fix_when_it_breaks_a_frozen_version(changes: dict[str, Any], words: str) -> None:
    problems = incompatibilities("nl.schakel.intake.noted.v1", schema({}), schema(changes))
    assert len(problems) == 1
    assert f"nl.schakel.intake.noted.v1 {words}" in str(problems[0])
    assert "make a new one (`version: ClassVar[int] = 2`)" in str(problems[0])


@pytest.mark.parametrize("changes", ALLOWED, ids=["nothing", "field", "list", "field inside", "words"])
def test_change_passes_when_it_only_adds_what_is_optional(changes: dict[str, Any]) -> None:
    assert incompatibilities("nl.schakel.intake.noted.v1", schema({}), schema(changes)) == []


def test_every_broken_field_is_named_when_several_are() -> None:
    changes: dict[str, Any] = {"category": None, "count": (str, ...), "new_id": (UUID, ...)}
    problems = incompatibilities("nl.schakel.intake.noted.v1", schema({}), schema(changes))
    assert {problem.path for problem in problems} == {"category", "count", "newId"}


def test_export_writes_nothing_when_a_frozen_version_would_break(tmp_path: Path) -> None:
    folder = edited_copy(tmp_path, note={"type": "string"})
    before = (folder / f"{ACKNOWLEDGED}.json").read_text(encoding="utf-8")
    with pytest.raises(IncompatibleChange, match=f"{ACKNOWLEDGED} note: the field was removed; take it back, or"):
        export(folder)
    assert (folder / f"{ACKNOWLEDGED}.json").read_text(encoding="utf-8") == before


def test_export_freezes_anew_when_it_is_forced(tmp_path: Path) -> None:
    folder = edited_copy(tmp_path, note={"type": "string"})
    (folder / "nl.schakel.intake.never-said.v1.json").write_text("{}", encoding="utf-8")
    assert export(folder, force=True) == [ACKNOWLEDGED, "nl.schakel.intake.never-said.v1"]
    assert check(folder) == []


def test_export_writes_the_schema_when_only_words_changed(tmp_path: Path) -> None:
    folder = edited_copy(tmp_path, acknowledgedBy={"format": "uuid", "type": "string", "description": "Other words."})
    assert [problem.what for problem in check(folder)] == ["changed in a way that is allowed, but was not exported"]
    assert export(folder) == [ACKNOWLEDGED]
    assert check(folder) == []


def test_export_writes_every_schema_when_the_folder_is_empty(tmp_path: Path) -> None:
    assert {problem.what for problem in check(tmp_path)} == {"has no frozen schema yet"}
    assert set(export(tmp_path)) == classes_by_wire_name().keys()
    assert export(tmp_path) == []


def test_check_asks_the_class_back_when_a_frozen_version_has_none(tmp_path: Path) -> None:
    folder = edited_copy(tmp_path)
    (folder / "nl.schakel.intake.request-received.v0.json").write_text("{}", encoding="utf-8")
    gone = [problem for problem in check(folder) if problem.wire_name.endswith(".v0")]
    assert [problem.fix for problem in gone] == ["keep the class: every version decodes for ever"]
