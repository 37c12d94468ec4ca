"""Every field of a SQLModel table says by its annotation what its column holds: SQLModel checks neither."""

from collections.abc import Iterator
from datetime import date, datetime, time
from types import UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Text,
    Time,
    Uuid,
    inspect,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

from shared.events.catalogue import SERVICES
from tests.contracts.tables_of import models_of

PYTHON_TYPES: dict[type[TypeEngine[Any]], type] = {
    Text: str,
    TSVECTOR: str,
    Uuid: UUID,
    Boolean: bool,
    BigInteger: int,
    Integer: int,
    SmallInteger: int,
    Float: float,
    Date: date,
    DateTime: datetime,
    Time: time,
    LargeBinary: bytes,
}


def disagreements(model: type[SQLModel]) -> Iterator[str]:
    """What the annotations of a table say otherwise than its columns."""
    hints = get_type_hints(model)
    for name, column in inspect(model).columns.items():
        said, says_none = _without_none(hints[name])
        if says_none != column.nullable and not (says_none and column.identity is not None):
            yield f"{model.__name__}.{name}: {hints[name]} against {'NULL' if column.nullable else 'NOT NULL'}"
        if not _holds(column.type, said):
            yield f"{model.__name__}.{name}: {hints[name]} against {column.type!r}"


def _without_none(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - an annotation is anything
    if get_origin(hint) in (Union, UnionType):
        others = [each for each in get_args(hint) if each is not type(None)]
        return (others[0] if len(others) == 1 else hint), len(others) < len(get_args(hint))
    return hint, False


def _holds(kind: TypeEngine[Any], said: Any) -> bool:  # noqa: ANN401 - as above
    if isinstance(kind, ARRAY):
        return get_origin(said) is list and _holds(kind.item_type, *get_args(said))
    if isinstance(kind, JSONB):
        return _is_json(said)
    return said is PYTHON_TYPES.get(type(kind))


def _is_json(said: Any) -> bool:  # noqa: ANN401 - as above
    origin = get_origin(said)
    if origin is dict:
        return bool(get_args(said)[0] is str)
    return origin is list and (get_args(said) == (str,) or _is_json(get_args(said)[0]))


@pytest.mark.parametrize("service", SERVICES)
def test_annotation_and_column_agree_in_every_table(service: str) -> None:
    models = models_of(service)
    assert models
    assert [each for model in models for each in disagreements(model)] == []


class Wrong(SQLModel, registry=registry()):
    """A set of tables of its own, for the samples."""

    metadata = MetaData()


class WrongRow(Wrong, table=True):
    """Four columns that are not what their annotation says, and two that are."""

    __tablename__: ClassVar[str] = "wrong"

    id: UUID = Field(sa_column=Column(Uuid, primary_key=True))
    names: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    count: str = Field(sa_column=Column(Integer, nullable=False))
    ended_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=True))
    words: str | None = Field(sa_column=Column(Text, nullable=False))
    ids: list[str] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))


def test_column_that_is_not_what_its_annotation_says_is_named() -> None:
    named = {each.partition(":")[0] for each in disagreements(WrongRow)}
    assert named == {"WrongRow.count", "WrongRow.ended_at", "WrongRow.words", "WrongRow.ids"}
