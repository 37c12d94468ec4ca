"""Columns for SQLModel tables, typed: mypy sees that the annotation of a field and its column agree.

`name: str = columns.text()`, `ended_at: datetime | None = columns.moment(nullable=True)`. Tables are SQLModel classes
of a base with a registry of its own (`class IntakeTable(SQLModel, registry=registry())`): services stay apart.

A column that holds codes of the city which people read in words says of which list they are; JSON says where too:
`district: str = columns.text(codes=CityCodes("districts"))`, `needs: list[Json] = columns.json_list(codes=CityCodes(
"categories", at="$[*].category"))`. A process does not start with a stored code that has no words (`stored_codes.py`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, overload
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, LargeBinary, SmallInteger, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import TypeEngine
from sqlmodel import Field

from shared.kernel.city import ListName

Json = dict[str, Any]
# Under this key a column keeps its CityCodes in `Column.info`.
CITY_CODES: Final = "city codes"
# A column that holds wrapped keys says so under this one.
WRAPPED_KEY: Final = "wrapped key"


@dataclass(frozen=True, slots=True)
class CityCodes:
    """Codes of this list of the city; `at`: where they stand in JSON, as a path of PostgreSQL."""

    of: ListName
    at: str = "$"


def _field(kind: TypeEngine[Any], *constraints: ForeignKey, nullable: bool, **options: Any) -> Any:  # noqa: ANN401 - SQLModel's own Field returns Any
    column: Column[Any] = Column(kind, *constraints, nullable=nullable, **options)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)


def _info(codes: CityCodes | None) -> dict[str, CityCodes]:
    return {CITY_CODES: codes} if codes else {}


def key(*, references: str | None = None) -> UUID:
    """The primary key; `references`: also the key of that row (`case_keys.case_id`), and it goes when that goes."""
    foreign = [ForeignKey(references, ondelete="CASCADE")] if references else []
    field: UUID = _field(Uuid(), *foreign, nullable=False, primary_key=True)
    return field


@overload
def uuid(*, nullable: Literal[False] = False, references: str | None = None) -> UUID: ...
@overload
def uuid(*, nullable: Literal[True], references: str | None = None) -> UUID | None: ...
def uuid(*, nullable: bool = False, references: str | None = None) -> UUID | None:
    """An id; `references`: of that row."""
    foreign = [ForeignKey(references, ondelete="CASCADE")] if references else []
    field: UUID | None = _field(Uuid(), *foreign, nullable=nullable)
    return field


@overload
def text(*, nullable: Literal[False] = False, unique: bool = False, codes: CityCodes | None = None) -> str: ...
@overload
def text(*, nullable: Literal[True], unique: bool = False, codes: CityCodes | None = None) -> str | None: ...
def text(*, nullable: bool = False, unique: bool = False, codes: CityCodes | None = None) -> str | None:
    """Words, of any length."""
    field: str | None = _field(Text(), nullable=nullable, unique=unique or None, info=_info(codes))
    return field


@overload
def integer(*, nullable: Literal[False] = False) -> int: ...
@overload
def integer(*, nullable: Literal[True]) -> int | None: ...
def integer(*, nullable: bool = False) -> int | None:
    """A number of four bytes."""
    field: int | None = _field(Integer(), nullable=nullable)
    return field


@overload
def small_integer(*, nullable: Literal[False] = False) -> int: ...
@overload
def small_integer(*, nullable: Literal[True]) -> int | None: ...
def small_integer(*, nullable: bool = False) -> int | None:
    """A number of two bytes."""
    field: int | None = _field(SmallInteger(), nullable=nullable)
    return field


@overload
def flag(*, nullable: Literal[False] = False) -> bool: ...
@overload
def flag(*, nullable: Literal[True]) -> bool | None: ...
def flag(*, nullable: bool = False) -> bool | None:
    """Yes or no; None: nobody said."""
    field: bool | None = _field(Boolean(), nullable=nullable)
    return field


@overload
def day(*, nullable: Literal[False] = False) -> date: ...
@overload
def day(*, nullable: Literal[True]) -> date | None: ...
def day(*, nullable: bool = False) -> date | None:
    """A day on the calendar of the city."""
    field: date | None = _field(Date(), nullable=nullable)
    return field


@overload
def moment(*, nullable: Literal[False] = False) -> datetime: ...
@overload
def moment(*, nullable: Literal[True]) -> datetime | None: ...
def moment(*, nullable: bool = False) -> datetime | None:
    """A moment, with its time zone."""
    field: datetime | None = _field(DateTime(timezone=True), nullable=nullable)
    return field


@overload
def sealed(*, nullable: Literal[False] = False) -> bytes: ...
@overload
def sealed(*, nullable: Literal[True]) -> bytes | None: ...
def sealed(*, nullable: bool = False) -> bytes | None:
    """What only a key opens."""
    field: bytes | None = _field(LargeBinary(), nullable=nullable)
    return field


def content() -> bytes:
    """Bytes as they came in; what they mean is for whoever reads them."""
    field: bytes = _field(LargeBinary(), nullable=False)
    return field


def wrapped_key() -> bytes:
    """A key that the environment's key wraps, bound to its row. Backups keep its table apart."""
    field: bytes = _field(LargeBinary(), nullable=False, info={WRAPPED_KEY: True})
    return field


def json(*, codes: CityCodes | None = None) -> Json:
    """A JSON object."""
    field: Json = _field(JSONB(), nullable=False, info=_info(codes))
    return field


@overload
def json_list(*, nullable: Literal[False] = False, codes: CityCodes | None = None) -> list[Json]: ...
@overload
def json_list(*, nullable: Literal[True], codes: CityCodes | None = None) -> list[Json] | None: ...
def json_list(*, nullable: bool = False, codes: CityCodes | None = None) -> list[Json] | None:
    """A list of JSON objects; None is SQL's NULL."""
    field: list[Json] | None = _field(JSONB(none_as_null=True), nullable=nullable, info=_info(codes))
    return field


def json_texts() -> list[str]:
    """Several words in one JSON array, where an array of PostgreSQL does not go: `unnest` takes those apart."""
    field: list[str] = _field(JSONB(), nullable=False)
    return field


def texts(*, codes: CityCodes | None = None) -> list[str]:
    """Several words, each on its own."""
    field: list[str] = _field(ARRAY(Text), nullable=False, info=_info(codes))
    return field


def uuids() -> list[UUID]:
    """Several ids."""
    field: list[UUID] = _field(ARRAY(Uuid), nullable=False)
    return field
