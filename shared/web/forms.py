"""Forms: from what a person typed to a pydantic model, or back to the page with every problem in Dutch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar, cast

from fastapi import Request
from pydantic import AfterValidator, BaseModel, BeforeValidator, ValidationError
from starlette.datastructures import UploadFile

from shared.kernel.city import City
from shared.kernel.errors import Invalid
from shared.kernel.readable import readable, seen
from shared.kernel.translatable import to_translate
from shared.web import typed_dates
from shared.web.city_codes import in_city
from shared.web.fields import describe, groups_of, parts_of, place_in, read_one
from shared.web.languages import translated
from shared.web.messages import example as example_for
from shared.web.messages import sentence
from shared.web.nesting import Places, name_of, nested, steps_of
from shared.web.request_guard import FILE_TYPE

ModelT = TypeVar("ModelT", bound=BaseModel)
CHOOSE = to_translate("Kies wat klopt.")
TICK = to_translate("Kruis dit aan.")
TypedDate = typed_dates.TypedDate
MAX_FIELDS = 400
# No field of ours has a longer name, or one of more parts (`needs.0.dependsOn.1`); what has is read by nobody.
MAX_NAME = 100
MAX_PARTS = 6


def _yes(value: object) -> object:
    return True if value in (True, "true", "on", "1") else value


# A box that must be ticked (consent). Use it in form models for `ui.checkbox`.
Agreed = Annotated[Literal[True], BeforeValidator(_yes)]


def _read(typed: str) -> str:
    return readable(seen(typed))


# Something to read, for names and texts: by the same rule as what comes in by a file.
Seen = AfterValidator(_read)


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: its name in the form, its label, what is wrong, and a good example.

    `choose`: the example is the one right choice on the page, in its words.
    """

    field: str
    label: str
    problem: str
    example: str | None = None
    choose: bool = False


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
    # What validation is told of the place and the day, for `read`.
    context: Mapping[str, Any] = field(default_factory=dict)
    # In which order the page shows its fields, where that is not the model's: names of fields, or of parts of it.
    order: Sequence[str] = ()
    # What the page itself had filled in: that nobody typed.
    given: Mapping[str, Any] = field(default_factory=dict)

    def refuse(self, name: str, problem: str, *, label: str = "", example: str | None = None) -> None:
        """Add a problem that was found after the model was read."""
        known = describe(self.model, steps_of(name))
        self.add(FieldError(name, label or known.label, problem, example or known.example))

    def refuse_as(self, refusal: Invalid, words: Mapping[str, Mapping[Any, str]] | None = None) -> None:
        """Add what a handler found wrong, at each field; the example is the page's own, if it has one.

        `words`: by field, what its choices are called on the page. Where one of them is the right one, it is named.
        """
        for each in refusal.wrong:
            known, right = describe(self.model, steps_of(each.field)), (words or {}).get(each.field, {})
            if known.is_choice:
                example = right.get(each.example)
                self.add(FieldError(each.field, known.label, each.message, example, choose=example is not None))
            else:
                self.refuse(each.field, each.message, example=known.example or each.example)

    def add(self, error: FieldError) -> None:
        """Put it among the others, in the order of the page; what is wrong already is not told twice."""
        if error not in self.errors:
            self.errors.append(error)
            self.errors.sort(key=lambda each: place_in(self.model, each.field, self.order))

    def read(self, name: str) -> Any:  # noqa: ANN401 - whatever this field holds
        """What stands in this one field, whatever is wrong elsewhere; None when it is empty or wrong itself."""
        return read_one(self.model, steps_of(name), self.values.get(name), self.context)

    @property
    def is_wrong(self) -> bool:
        """Whether it comes back with something to put right."""
        return bool(self.errors)

    @property
    def keeps_something(self) -> bool:
        """Whether anything was filled in by whoever sent it."""
        return any(value not in ("", [], None, self.given.get(name)) for name, value in self.values.items())

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


async def read_form(
    request: Request,
    model: type[ModelT],
    *,
    many: Sequence[str] = (),
    order: Sequence[str] = (),
    given: Mapping[str, Any] | None = None,
    today: date | None = None,
) -> Form[ModelT]:
    """Read the posted form. Empty fields count as not given; fields named in `many` are always lists (checkboxes).

    A group of fields of a list that is wholly empty (`needs.2.…`) is passed over, and so is a name that no form has.
    `order` and `given` as in `Form`. `today`: the database's day, for who has it; else that of this process's clock.
    """
    posted = await request.form(max_fields=MAX_FIELDS, max_files=0)
    web = request.app.state.web
    values = _typed(posted.multi_items(), frozenset(many))
    day = today or web.city.day_of(web.clock.now())
    return check_form(values, model, web.city, today=day, order=order, given=given)


async def typed_in(request: Request) -> list[tuple[str, str]]:
    """What was posted, as typed, to keep it on a page; also after the route has read it. With a file: nothing."""
    if request.headers.get("content-type", "").startswith(FILE_TYPE):
        return []
    posted = await request.form(max_fields=MAX_FIELDS, max_files=0)
    return [(name, value) for name, value in posted.multi_items() if isinstance(value, str)]


def check_form(
    values: Mapping[str, Any],
    model: type[ModelT],
    city: City | None = None,
    *,
    today: date | None = None,
    order: Sequence[str] = (),
    given: Mapping[str, Any] | None = None,
) -> Form[ModelT]:
    """The same for values that are there already, by dotted name.

    `city` is needed where a field is a `CityCode`, and `today` where people may type "gisteren".
    """
    context = in_city(city, today)
    form = Form(values=dict(values), model=model, context=context, order=order, given=given or {})
    tree, places = nested({name: value for name, value in values.items() if value not in ("", [], None)})
    _ask_for_what_is_missing(tree, places, model)
    try:
        form.data = model.model_validate(tree, context=context)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False, include_input=False):
            form.add(_field_error(cast("Mapping[str, Any]", error), model, places))
    return form


def _ask_for_what_is_missing(tree: dict[str, Any], places: Places, model: type[BaseModel]) -> None:
    for part in parts_of(model) - tree.keys():
        # Nothing of it was filled in: say what is missing for each of its fields, since the page has no field for all.
        tree[part], places[(part,)] = {}, part
    for group in groups_of(model) - tree.keys():
        # Nothing of it was filled in: say what is missing in its first row, where the page has fields.
        tree[group], places[(group, 0)] = [{}], f"{group}.0"


def empty_form(model: type[ModelT], **values: Any) -> Form[ModelT]:  # noqa: ANN401 - whatever is to stand in the fields
    """A form to show for the first time, with these values filled in (`child__firstName` for `child.firstName`)."""
    return Form(values={name.replace("__", "."): value for name, value in values.items()}, model=model)


def typed_or_empty(
    typed: Form[Any] | None,
    model: type[ModelT],
    **values: Any,  # noqa: ANN401 - as above
) -> Form[ModelT]:
    """What was typed when it is of this form, else the form as the page fills it in."""
    return typed if typed and typed.model is model else empty_form(model, **values)


def _typed(items: Iterable[tuple[str, UploadFile | str]], many: frozenset[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in items:
        if isinstance(value, UploadFile) or len(name) > MAX_NAME or name.count(".") >= MAX_PARTS:
            continue
        text = value.replace("\r\n", "\n").strip()  # a browser counts a line end as one sign, and sends two
        if name in many:
            values.setdefault(name, []).append(text)
        else:
            values[name] = text
    for name in many:
        values.setdefault(name, [])
    return values


def _field_error(error: Mapping[str, Any], model: type[BaseModel], places: Places) -> FieldError:
    location: tuple[int | str, ...] = error["loc"]
    known = describe(model, location)
    name = name_of(location, places)
    if known.is_choice:
        # On the page the choices stand right there, in words; their codes would say nothing.
        return FieldError(name, known.label, translated(TICK if known.is_tick else CHOOSE))
    return FieldError(name, known.label, sentence(error), known.example or example_for(error))
