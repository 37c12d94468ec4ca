"""What is wrong in a city's file, in words: where, what, and an example of what is right."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic_core import ErrorDetails

from shared.kernel.city.examples import example_at, names_at
from shared.kernel.city.lines import Path

# Said by pydantic of a default that needs a value that is wrong itself: that one is told already.
FOLLOWS_FROM_ANOTHER: Final = "default_factory_not_called"
_A_KEY: Final = "[key]"
_A_TABLE, _A_LIST = "this must be a table of keys", "this must be a list, between [ and ]"
_SAID: Final[Mapping[str, str]] = {
    "string_type": "this must be text, between quotes",
    "string_too_short": "this is empty or too short",
    "string_too_long": "this is longer than {max_length} characters",
    "string_pattern_mismatch": "this is not written as it must be",
    "int_type": "this must be a whole number, without quotes",
    "bool_type": "this must be true or false, without quotes",
    "greater_than_equal": "this must be {ge} or more",
    "less_than_equal": "this must be {le} or less",
    "too_short": "this must hold at least {min_length}",
    "too_long": "this holds more than {max_length}",
    "dict_type": _A_TABLE,
    "model_type": _A_TABLE,
    "model_attributes_type": _A_TABLE,
    "mapping_type": _A_TABLE,
    "tuple_type": _A_LIST,
    "missing": "this is missing",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: on which line (0: in the file as a whole), at which key, and what would be right."""

    line: int
    where: str
    what: str
    example: str = ""

    def in_words(self, file: str) -> str:
        """As a compiler says it: `city.toml:12: districts.oost: what is wrong; for example: what is right`."""
        place = f"{file}:{self.line}" if self.line else file
        said = f"{place}: {self.where}: {self.what}" if self.where else f"{place}: {self.what}"
        return f"{said}; for example: {self.example}" if self.example else said


def problem_of(error: ErrorDetails, lines: Mapping[Path, int]) -> Problem:
    """What pydantic found, as a person can use it."""
    path, kind = tuple(error["loc"]), error["type"]
    if path[-1:] == (_A_KEY,):
        path = path[:-1]
        what = "this is no code: write small letters, digits and hyphens, with a letter first"
    elif kind == "extra_forbidden":
        what = _no_such_key(path)
    else:
        said = _SAID.get(kind)
        what = said.format(**error.get("ctx", {})) if said else error["msg"].removeprefix("Value error, ")
    known = path
    while known and known not in lines:
        known = known[:-1]
    return Problem(lines.get(known, 0), _dotted(path), what, example_at(path, lines, missing=kind == "missing"))


def _no_such_key(path: Path) -> str:
    names = names_at(path[:-1])
    near = difflib.get_close_matches(str(path[-1]), names, n=1)
    return (
        f"there is no such key here; did you mean {near[0]}?" if near else f"no such key; there are {', '.join(names)}"
    )


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)
