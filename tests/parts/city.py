"""The city that tests live in: Schiewijk as it ships, or Schiewijk with changes."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from shared.kernel.city import City

CITIES = Path(__file__).parents[2] / "deploy" / "demo" / "city"
SCHIEWIJK = CITIES / "schiewijk" / "city.toml"
VELDERMEER = CITIES / "veldermeer" / "city.toml"


def a_city(changes: Mapping[str, Any] | None = None, file: Path = SCHIEWIJK) -> City:
    """Schiewijk; `changes` are laid over its file: `a_city({"terms": {"matching": 2}})`.

    None as a value takes a key away.
    """
    return City.model_validate(tables(changes, file)) if changes else _as_it_ships(file)


def tables(changes: Mapping[str, Any] | None = None, file: Path = SCHIEWIJK) -> dict[str, Any]:
    """What stands in the file, with the changes laid over it."""
    found = deepcopy(_read(file))
    _lay_over(found, changes or {})
    return found


@cache
def _as_it_ships(file: Path) -> City:
    return City.model_validate(_read(file))


@cache
def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _lay_over(under: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        if value is None:
            under.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(under.get(key), dict):
            _lay_over(under[key], value)
        else:
            under[key] = value
