"""Reads `city.toml` and checks it whole: every problem at once, each with its line and an example of what is right."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from shared.kernel.city import City
from shared.kernel.city.lines import lines_of
from shared.kernel.city.problems import FOLLOWS_FROM_ANOTHER, Problem, problem_of
from shared.kernel.city.site import LOGO, MOST_BYTES_OF_LOGO

MOST_BYTES: Final = 1_000_000
_AT_LINE: Final = re.compile(r" \(at line (\d+), column \d+\)$")
_AT_END: Final = " (at end of document)"
_TWICE: Final = re.compile(r"Cannot (overwrite|declare|mutate|redefine|define|extend)|Duplicate")


class CityInvalid(Exception):
    """The file does not describe a city; `problems` says everything that is wrong with it, one line each."""

    def __init__(self, file: Path, found: list[Problem]) -> None:
        self.file, self.found = file, found
        self.problems = [problem.in_words(str(file)) for problem in found]
        super().__init__("\n".join(self.problems))


def read_city(file: Path) -> City:
    """The city that this file describes. Raises CityInvalid with every problem in it."""
    text = _text_of(file)
    return city_of(file, text, tables_of(file, text)).with_logo(_logo_beside(file))


def tables_of(file: Path, text: str) -> dict[str, Any]:
    """What the TOML says, unchecked. Raises CityInvalid where it is no TOML: of the rest nothing is known then."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise CityInvalid(file, [Problem(0, "", "it has brackets inside brackets without end")]) from None
    except ValueError as error:
        raise CityInvalid(file, [_no_toml(str(error), text)]) from None


def city_of(file: Path, text: str, tables: dict[str, Any]) -> City:
    """The city in these tables of this text. Raises CityInvalid with every problem in it."""
    try:
        return City.model_validate(tables)
    except ValidationError as error:
        lines = lines_of(text)
        found = [
            problem_of(item, lines)
            for item in error.errors(include_url=False, include_input=False)
            if item["type"] != FOLLOWS_FROM_ANOTHER
        ]
        raise CityInvalid(file, sorted(found, key=lambda problem: problem.line)) from None


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise CityInvalid(file, [Problem(0, "", f"it is larger than {MOST_BYTES} bytes: this is no city's file")])
        # Some editors put a mark at the front of UTF-8, which nobody sees.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CityInvalid(file, [Problem(line, "", "this is no text in UTF-8: save the file as UTF-8")]) from None
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise CityInvalid(file, [Problem(0, "", f"it cannot be read ({said})")]) from None


def _logo_beside(file: Path) -> bytes:
    """An empty file is no logo, and neither is none: Compose puts one of the two there."""
    place = file.parent / LOGO
    try:
        picture = place.read_bytes() if place.is_file() else b""
    except OSError as error:
        raise CityInvalid(file, [Problem(0, "", f"{place} cannot be read ({error.strerror})")]) from None
    if picture and (len(picture) > MOST_BYTES_OF_LOGO or b"<svg" not in picture):
        raise CityInvalid(file, [Problem(0, "", f"{place} is no SVG picture of at most {MOST_BYTES_OF_LOGO} bytes")])
    return picture


def _no_toml(said: str, text: str) -> Problem:
    line = int(found[1]) if (found := _AT_LINE.search(said)) else 0
    if said.endswith(_AT_END):
        line = text.count("\n") + 1
    what = _AT_LINE.sub("", said).removesuffix(_AT_END)
    if _TWICE.match(what):
        return Problem(line, "", f"this key or section stands in the file twice ({what}); the rest was not looked at")
    return Problem(line, "", f"this is not written as TOML: {what}; the rest was not looked at", 'noord = "Noord"')
