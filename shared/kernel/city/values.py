"""What a city is written in: words, texts, times, and tables that nobody changes."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SerializerFunctionWrapHandler,
    StringConstraints,
    WithJsonSchema,
    WrapSerializer,
)

# Signs of scripts that are written from right to left, or that join letters: not to be seen, and still needed.
_JOINERS: Final = str.maketrans("", "", "\u200c\u200d\u200e\u200f")
_DAY: Final = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]")
_WALL_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:00)?")


def _on_one_line(text: str) -> str:
    if text != text.strip():
        raise ValueError("there is a space before or after the text")
    if not text.isprintable():
        raise ValueError("there is a sign in it that cannot be seen, or a new line")
    return text


def _readable(text: str) -> str:
    if not text.strip():
        raise ValueError("there is no text in it")
    if any(not line.translate(_JOINERS).isprintable() for line in text.splitlines()):
        raise ValueError("there is a sign in it that cannot be seen")
    return text.strip()


def _search_word(word: str) -> str:
    if not word.isalnum() or word != word.lower():
        raise ValueError("a word to search for is one word in small letters, without spaces or signs")
    return word


def _wall_time(written: object) -> object:
    """`09:00`, as people write it; TOML's own 09:00:00 is taken too."""
    if isinstance(written, time) and written.tzinfo is None:
        return written
    if isinstance(written, str) and _WALL_TIME.fullmatch(written):
        return time.fromisoformat(written)
    raise ValueError("this is no time of the day")


def _day(written: object) -> object:
    """`2026-01-31` between quotes; TOML's own dates are taken too."""
    if isinstance(written, date) and not isinstance(written, datetime):
        return written
    if isinstance(written, str) and _DAY.fullmatch(written):
        with suppress(ValueError):
            return date.fromisoformat(written)
    raise ValueError("this is no day")


def _as_it_was(table: Mapping[Any, Any], write: SerializerFunctionWrapHandler) -> Any:  # noqa: ANN401 - any value
    return write(dict(table))


Words = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(_on_one_line)]
Text = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_readable)]
SearchWord = Annotated[str, StringConstraints(min_length=2, max_length=40), AfterValidator(_search_word)]
SmallWord = Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_search_word)]
WallTime = Annotated[
    time, BeforeValidator(_wall_time), WithJsonSchema({"type": "string", "pattern": f"^{_WALL_TIME.pattern}$"})
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY.pattern}$"})]
KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")
Table = Annotated[Mapping[KeyT, ValueT], AfterValidator(MappingProxyType), WrapSerializer(_as_it_was)]


class Value(BaseModel):
    """A part of the city: frozen, and strict about what the file says."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
