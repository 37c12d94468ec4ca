"""Forms: from what a person typed to a pydantic model, or back to the page with every problem in Dutch."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar, cast, get_args, get_origin

from fastapi import Request
from pydantic import AfterValidator, BaseModel, BeforeValidator, ValidationError
from starlette.datastructures import UploadFile

from shared.kernel.city import City
from shared.kernel.errors import Invalid
from shared.web.city_codes import in_city
from shared.web.fields import describe, is_model
from shared.web.messages import example as example_for
from shared.web.messages import sentence

ModelT = TypeVar("ModelT", bound=BaseModel)
CHOOSE = "Maak hier een keuze."
MAX_FIELDS = 400
MAX_LIST = 50
# No field of ours has a longer name, or one of more parts (`needs.0.dependsOn.1`); what has is read by nobody.
MAX_NAME = 100
MAX_PARTS = 6

_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Letters by the book that show nothing: the fillers of Hangul, and braille without dots.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def _iso(value: object) -> object:
    """Nothing but a day: a bare number would be read as seconds since 1970."""
    if not isinstance(value, str) or _ISO_DAY.fullmatch(value.strip()):
        return value
    if (match := _DUTCH_DAY.fullmatch(value.strip())) is None:
        raise ValueError("Schrijf de datum als dag-maand-jaar.")
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"


# A date as people type it (31-12-2017) or as machines write it (2017-12-31). Use it in form models for `ui.date`.
TypedDate = Annotated[date, BeforeValidator(_iso)]


def _yes(value: object) -> object:
    return True if value in (True, "true", "on", "1") else value


# A box that must be ticked (consent). Use it in form models for `ui.checkbox`.
Agreed = Annotated[Literal[True], BeforeValidator(_yes)]


def _seen(text: str) -> str:
    if text and not any(letter.isprintable() and not letter.isspace() and letter not in _BLANK for letter in text):
        raise ValueError("Vul dit in.")
    return text


# Something to read: what has no width, or no ink, is as good as nothing. Use it for names and texts.
Seen = AfterValidator(_seen)


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: its name in the form, its label, what is wrong, and a good example."""

    field: str
    label: str
    problem: str
    example: str | None = None


@dataclass
class Form(Generic[ModelT]):
    """A form as it came in. `data` is there when nothing is wrong; `values` and `errors` are for showing it again.

    Field names are the model's (aliases when it has them), dotted for nested models: `child.firstName`,
    `needs.0.category`.
    Labels and examples come from the model: `Field(title="Voornaam", examples=["Amina"])`.
    """

    values: dict[str, Any] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)
    data: ModelT | None = None
    model: type[ModelT] | None = None

    def refuse(self, name: str, problem: str, *, label: str = "", example: str | None = None) -> None:
        """Add a problem that was found after the model was read."""
        known = describe(self.model, _steps(name))
        self.errors.append(FieldError(name, label or known.label, problem, example or known.example))

    def refuse_as(self, refusal: Invalid) -> None:
        """Add what a handler found wrong, at each field; the example is the page's own, if it has one."""
        for each in refusal.wrong:
            known = describe(self.model, _steps(each.field))
            self.refuse(each.field, each.message, example=known.example or each.example)

    def error_of(self, name: str) -> FieldError | None:
        """What is wrong with this field, if anything."""
        return next((error for error in self.errors if error.field == name), None)

    def value_of(self, name: str) -> Any:  # noqa: ANN401 - whatever was typed or filled in
        """What stands in this field; empty when nothing does."""
        value = self.values.get(name)
        return "" if value is None else value

    def has(self, name: str, value: object) -> bool:
        """Whether this choice was made."""
        chosen = self.values.get(name)
        chosen = chosen if isinstance(chosen, (list, tuple, set, frozenset)) else [chosen]
        return str(value) in {str(one) for one in chosen if one is not None}


async def read_form(request: Request, model: type[ModelT], *, many: Sequence[str] = ()) -> Form[ModelT]:
    """Read the posted form. Empty fields count as not given; fields named in `many` are always lists (checkboxes).

    A group of fields of a list that is wholly empty (`needs.2.…`) is passed over, and so is a name that no form has.
    """
    posted = await request.form(max_fields=MAX_FIELDS, max_files=0)
    values = _typed(posted.multi_items(), frozenset(many))
    return check_form(values, model, request.app.state.web.city)


async def typed_in(request: Request) -> list[tuple[str, str]]:
    """What was posted, as it was typed, to keep it on a page; also after the route has read the form."""
    posted = await request.form(max_fields=MAX_FIELDS, max_files=0)
    return [(name, value) for name, value in posted.multi_items() if isinstance(value, str)]


def check_form(values: Mapping[str, Any], model: type[ModelT], city: City | None = None) -> Form[ModelT]:
    """The same for values that are there already, by dotted name; `city` is needed where a field is a `CityCode`."""
    form: Form[ModelT] = Form(values=dict(values), model=model)
    nested, places = _nest({name: value for name, value in values.items() if value not in ("", [], None)})
    for part in _parts(model) - nested.keys():
        # Nothing of it was filled in: say what is missing for each of its fields, since the page has no field for all.
        nested[part], places[(part,)] = {}, part
    for group in _groups(model) - nested.keys():
        # Nothing of it was filled in: say what is missing in its first row, where the page has fields.
        nested[group], places[(group, 0)] = [{}], f"{group}.0"
    try:
        form.data = model.model_validate(nested, context=in_city(city))
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False, include_input=False):
            form.errors.append(_field_error(cast("Mapping[str, Any]", error), model, places))
    return form


def empty_form(model: type[ModelT], **values: Any) -> Form[ModelT]:  # noqa: ANN401 - whatever is to stand in the fields
    """A form to show for the first time, with these values filled in (`child__firstName` for `child.firstName`)."""
    return Form(values={name.replace("__", "."): value for name, value in values.items()}, model=model)


def _parts(model: type[BaseModel]) -> set[str]:
    """Required fields that are models: sections of the page."""
    return {
        info.alias or name
        for name, info in model.model_fields.items()
        if info.is_required() and isinstance(info.annotation, type) and is_model(info.annotation)
    }


def _groups(model: type[BaseModel]) -> set[str]:
    """Required fields that are lists of models: groups of fields on the page."""
    return {
        info.alias or name
        for name, info in model.model_fields.items()
        if info.is_required()
        and get_origin(info.annotation) in (list, tuple)
        and is_model(get_args(info.annotation)[0])
    }


def _typed(items: Iterable[tuple[str, UploadFile | str]], many: frozenset[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in items:
        if isinstance(value, UploadFile) or len(name) > MAX_NAME or name.count(".") >= MAX_PARTS:
            continue
        text = value.strip()
        if name in many:
            values.setdefault(name, []).append(text)
        else:
            values[name] = text
    for name in many:
        values.setdefault(name, [])
    return values


def _steps(name: str) -> list[int | str]:
    return [int(part) if part.isdecimal() else part for part in name.split(".")]


def _nest(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[tuple[int | str, ...], str]]:
    """Dotted names to nested dicts and lists; and the typed name of each place, so that an error finds its field."""
    tree: dict[str, Any] = {}
    for name, value in values.items():
        branch = tree
        parts = name.split(".")
        for part in parts[:-1]:
            below = branch.setdefault(part, {})
            branch = below if isinstance(below, dict) else {}
        branch[parts[-1]] = value
    places: dict[tuple[int | str, ...], str] = {}
    return {key: _listed(value, (key,), key, places) for key, value in tree.items()}, places


def _listed(node: Any, path: tuple[int | str, ...], typed: str, places: dict[tuple[int | str, ...], str]) -> Any:  # noqa: ANN401
    places[path] = typed
    if not isinstance(node, dict):
        return node
    keys = list(node)
    if keys and all(key.isdecimal() for key in keys):
        rows = sorted(keys, key=int)[:MAX_LIST]
        return [_listed(node[key], (*path, at), f"{typed}.{key}", places) for at, key in enumerate(rows)]
    return {key: _listed(value, (*path, key), f"{typed}.{key}", places) for key, value in node.items()}


def _field_error(
    error: Mapping[str, Any], model: type[BaseModel], places: Mapping[tuple[int | str, ...], str]
) -> FieldError:
    location: tuple[int | str, ...] = error["loc"]
    known = describe(model, location)
    name = _name(location, places)
    if known.is_choice:
        # On the page the choices stand right there, in words; their codes would say nothing.
        return FieldError(name, known.label, CHOOSE)
    return FieldError(name, known.label, sentence(error), known.example or example_for(error))


def _name(location: tuple[int | str, ...], places: Mapping[tuple[int | str, ...], str]) -> str:
    """The field's name as it stands in the form: the longest known part, then what is missing below it."""
    for length in range(len(location), 0, -1):
        if (name := places.get(location[:length])) is not None:
            return ".".join((name, *(str(step) for step in location[length:])))
    return ".".join(str(step) for step in location)
