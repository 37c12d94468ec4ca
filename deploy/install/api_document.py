"""The whole API for schools' systems as one OpenAPI document, made from all services' routes: `docs/openapi.json`.

For whoever makes a client, and for the page of the API. It is of no city: `city:districts` stands for one of its codes.
"""

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from shared.events.catalogue import SERVICES
from shared.web.app import API_VERSION
from shared.web.openapi import FOR_SCHOOLS, About, Api, described

FILE: Final = Path(__file__).parents[2] / "docs" / "openapi.json"
ADDRESS: Final = "https://schakel.example"


def document() -> dict[str, Any]:
    """All operations under `/v1`, whichever service they belong to."""
    about = About(ADDRESS, None, API_VERSION)
    parts = [described(about, api) for api in _apis() if api.base == FOR_SCHOOLS]
    whole = parts[0]
    for part in parts[1:]:
        whole["paths"] |= part["paths"]
        for kind, named in part.get("components", {}).items():
            known = whole["components"].setdefault(kind, {})
            for name, schema in named.items():
                if known.setdefault(name, schema) != schema:
                    raise ValueError(f"two services call different things {name}")
    return whole


def _apis() -> list[Api]:
    names = [f"services.{service}.web.api" for service in SERVICES]
    return [api for name in names if find_spec(name) for api in import_module(name).APIS]


def export() -> list[str]:
    """Write it where it differs; the name of what was written."""
    if not check():
        return []
    FILE.write_text(_text(), encoding="utf-8")
    return [FILE.name]


def check() -> list[str]:
    """What is not in step."""
    in_step = FILE.is_file() and FILE.read_text(encoding="utf-8") == _text()
    return [] if in_step else [f"{FILE.name} is not in step with the API: schakel schemas export"]


def _text() -> str:
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"
