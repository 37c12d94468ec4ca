"""A child typed into any form of community is refused there: every field that takes words, also those made later."""

import importlib
import pkgutil
from typing import Any, Final, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from services.community import web
from shared.web.city_codes import in_city
from tests.parts.city import a_city

CHILD: Final = "Voor Sem de Boer, BSN 111222333"


def _forms() -> list[type[BaseModel]]:
    modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(web.__path__, f"{web.__name__}.")]
    found = {one for module in modules for one in vars(module).values() if isinstance(one, type)}
    ours = [one for one in found if issubclass(one, BaseModel) and one.__module__.startswith(web.__name__)]
    return sorted(ours, key=lambda one: (one.__qualname__, one.__module__))


def _takes_words(annotation: Any) -> bool:  # noqa: ANN401 - whatever pydantic knows of a field
    return annotation is str or any(_takes_words(one) for one in get_args(annotation))


FIELDS: Final = [
    pytest.param(form, name, id=f"{form.__name__}.{name}")
    for form in _forms()
    for name, field in form.model_fields.items()
    if _takes_words(field.annotation)
]


@pytest.mark.parametrize(("form", "name"), FIELDS)
def test_child_is_refused_in_every_field_that_takes_words(form: type[BaseModel], name: str) -> None:
    typed = [CHILD] if get_origin(form.model_fields[name].annotation) is frozenset else CHILD
    with pytest.raises(ValidationError) as refused:
        form.model_validate({name: typed}, context=in_city(a_city()))

    assert {one["type"] for one in refused.value.errors() if one["loc"][:1] == (name,)} == {"value_error"}


def test_fields_are_found() -> None:
    known = {str(one.id) for one in FIELDS}
    assert {"ExampleForm.body", "MomentForm.place", "SignUpForm.topic", "WishForm.wish", "ReportForm.report"} <= known
    assert "MaterialForm.title" in known
