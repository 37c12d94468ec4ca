"""An example is of no child: its rows and what is asked of intake can hold none, and no number comes back."""

from enum import StrEnum
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Uuid

from services.community.domain.example import FirstName
from shared.events.alike_families import (
    MOST_CATEGORIES,
    MOST_FACTS,
    AlikeFamiliesAnswer,
    Children,
    FamilyShape,
    HomeLanguage,
)
from shared.events.base import AgeBand, CaseCode, Code
from shared.storage.stored_codes import tables_of

CODES = st.from_regex(r"[a-z][a-z0-9-]{1,39}", fullmatch=True)
SHAPES: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    categories=st.lists(CODES, min_size=1, max_size=MOST_CATEGORIES, unique=True).map(tuple),
    age_band=st.none() | st.sampled_from(AgeBand),
    district=st.none() | CODES,
    home_language=st.none() | st.sampled_from(HomeLanguage),
    children=st.none() | st.sampled_from(Children),
)


def coded(kind: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether only a code of a list can stand there, or some of them."""
    if kind == Code or kind is NoneType or kind is Ellipsis:
        return True
    if get_origin(kind) is Annotated:
        return coded(get_args(kind)[0])
    if get_args(kind):
        return all(coded(one) for one in get_args(kind))
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def fields(model: type[Any]) -> dict[str, Any]:
    """The kinds of its fields, by name."""
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def test_shape_that_is_asked_about_is_codes_only() -> None:
    assert [name for name, kind in fields(FamilyShape).items() if not coded(kind)] == []


def test_answer_has_no_number_but_the_citys_own_term() -> None:
    others = {name for name, kind in fields(AlikeFamiliesAnswer).items() if not coded(kind)}
    assert others == {"is_common", "at_least"}


@pytest.mark.parametrize("kind", [str, int, CaseCode, tuple[str, ...], str | None])
def test_a_field_that_could_hold_more_would_be_seen(kind: Any) -> None:  # noqa: ANN401 - any annotation
    assert not coded(kind)


@given(shape=SHAPES)
def test_shape_has_few_facts_and_each_wider_one_has_one_fact_less(shape: dict[str, Any]) -> None:
    said = len(shape["categories"]) + sum(shape[name] is not None for name in shape if name != "categories")
    if said > MOST_FACTS:
        with pytest.raises(ValueError, match="at most"):
            FamilyShape(**shape)
        return
    found = FamilyShape(**shape)
    assert len(found.facts) == said
    assert all(len(wider.facts) == said - 1 and wider.categories for _, wider in found.wider())


def test_rows_of_examples_point_at_nothing_but_gatherings_and_people_of_the_desk() -> None:
    tables = tables_of("community").tables
    ids = {
        f"{name}.{column.name}"
        for name in ("examples", "example_gatherings")
        for column in tables[name].columns
        if isinstance(column.type, Uuid)
    }
    assert ids == {
        "examples.id", "examples.written_by", "examples.approved_by",
        "example_gatherings.example_id", "example_gatherings.gathering_id",
    }  # fmt: skip


def test_names_of_the_list_are_first_names_only() -> None:
    assert all(name.value.isalpha() and name.value.istitle() for name in FirstName)
