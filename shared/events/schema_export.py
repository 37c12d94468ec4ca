"""The frozen contracts: one JSON Schema per event and version, made from the classes and kept in `schemas/`."""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import override

from shared.events.base import Event
from shared.events.catalogue import classes_by_wire_name, wire_name
from shared.events.schema_compatibility import Problem, incompatibilities

FOLDER = Path(__file__).parent / "schemas"
EXPORT = "run `schakel schemas export` and commit the outcome"


class IncompatibleChange(Exception):
    """A frozen version would break; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ContractSchema(GenerateJsonSchema):
    """JSON Schema without a title per field: the title would only repeat the name."""

    @override
    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never."""
        return False


def schema_of(event: type[Event]) -> dict[str, Any]:
    """The contract of one event class (JSON Schema 2020-12) as a reader sees it: what has a default is optional."""
    schema = event.model_json_schema(by_alias=True, mode="validation", schema_generator=ContractSchema)
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": f"urn:schakel:schema:{wire_name(event)}", **schema}


def export(folder: Path = FOLDER, *, force: bool = False) -> list[str]:
    """Write every schema that is new or changed; returns their wire names. All or nothing.

    Raises IncompatibleChange when a frozen version would break. `force` freezes anew: only before a release.
    """
    broken = [] if force else [problem for problem in check(folder) if problem.fix != EXPORT]
    if broken:
        raise IncompatibleChange(broken)
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, event in sorted(classes_by_wire_name().items()):
        text = _text(schema_of(event))
        file = folder / f"{name}.json"
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed + (_drop_orphans(folder) if force else [])


def check(folder: Path = FOLDER) -> list[Problem]:
    """What is not in step between the classes and the frozen schemas, each with its fix; empty when all is well."""
    problems = [
        Problem(name, "", "is frozen, but no class reads it any more", "keep the class: every version decodes for ever")
        for name in _frozen_names(folder) - classes_by_wire_name().keys()
    ]
    for name, event in classes_by_wire_name().items():
        problems += _check_one(folder / f"{name}.json", name, event)
    return sorted(problems, key=str)


def _check_one(file: Path, name: str, event: type[Event]) -> list[Problem]:
    if not file.exists():
        return [Problem(name, "", "has no frozen schema yet", EXPORT)]
    text, current = file.read_text(encoding="utf-8"), schema_of(event)
    broken = incompatibilities(name, json.loads(text), current)
    if not broken and text != _text(current):
        return [Problem(name, "", "changed in a way that is allowed, but was not exported", EXPORT)]
    return broken


def _frozen_names(folder: Path) -> set[str]:
    return {file.stem for file in folder.glob("*.json")}


def _drop_orphans(folder: Path) -> list[str]:
    orphans = sorted(_frozen_names(folder) - classes_by_wire_name().keys())
    for name in orphans:
        (folder / f"{name}.json").unlink()
    return orphans


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
