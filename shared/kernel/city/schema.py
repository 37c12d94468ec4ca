"""The JSON Schema of `city.toml`, so that an editor says what may stand where while somebody writes it."""

import json
from pathlib import Path
from typing import Any, Final

from shared.kernel.city import City
from shared.kernel.city.agreeing import URGENCIES

FILE: Final = Path(__file__).parents[3] / "docs" / "city.schema.json"


def document() -> dict[str, Any]:
    """The schema, made from the classes that read the file."""
    schema = City.model_json_schema()
    schema["properties"]["urgencies"]["required"] = list(URGENCIES)
    _only_codes(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "city.toml",
        "description": "A city that works with Schakel: docs/city.md tells what each part is for.",
    }


def _only_codes(part: object) -> None:
    """A key that is no code is wrong wherever codes stand."""
    if isinstance(part, dict):
        if "patternProperties" in part:
            part["additionalProperties"] = False
        for inner in part.values():
            _only_codes(inner)
    elif isinstance(part, list):
        for inner in part:
            _only_codes(inner)


def text() -> str:
    """The schema as it is kept beside the docs."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


def in_step(file: Path = FILE) -> bool:
    """Whether the file that is kept says the same."""
    return file.is_file() and file.read_text(encoding="utf-8") == text()
