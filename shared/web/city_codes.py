"""Codes of the city's lists in what is sent: checked against the city, and described with the codes that it offers."""

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date
from typing import Any, Final, Protocol, cast, runtime_checkable

from fastapi import Request
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from shared.kernel.city import City, ListName

CITY: Final = "city"
TODAY: Final = "today"
# Where OpenAPI's `enum` comes when the description is made; no other program has this word in its schemas.
LIST: Final = "x-schakel-codes-of"
# Where an example of the city comes, in the same way.
EXAMPLE: Final = "x-schakel-example-of"
CONSENT_TEXT: Final = "consent-text"
# In a description without a city: what is to be put in its place.
OF_CITY: Final = "city:"
_HERE: Final[ContextVar[City]] = ContextVar("city")


async def in_this_city(request: Request) -> None:
    """Dependency of a router whose declared bodies hold codes: FastAPI hands no context to their validation."""
    _HERE.set(request.app.state.web.city)


def in_city(city: City | None, today: date | None = None) -> dict[str, Any]:
    """The context of a validation: `Body.model_validate(…, context=in_city(city))`; `today` is for typed dates."""
    told = {CITY: city, TODAY: today}
    return {name: value for name, value in told.items() if value is not None}


def today_of(info: core_schema.ValidationInfo) -> date | None:
    """Which day it is where the form is filled in; None when nobody told."""
    return (info.context or {}).get(TODAY)


def city_of(info: core_schema.ValidationInfo) -> City:
    """The city that a validator works in. Raises LookupError when it was not told: that is a fault of ours."""
    city: City = (info.context or {}).get(CITY) or _HERE.get()
    return city


@runtime_checkable
class CityValue(Protocol):
    """In the annotation of a field: what may stand there is said by the city, and so is a good example of it."""

    def example_in(self, city: City) -> str:
        """What may be sent in this city."""


class CityCode:
    """`District = Annotated[str, CityCode("districts", "Deze wijk")]`: a code that the city offers.

    `retired_too`: one that it took away passes as well, and the handler says whether this case has it already.
    """

    def __init__(self, of: ListName, what: str, *, retired_too: bool = False) -> None:
        self.of, self.what, self.retired_too = of, what, retired_too

    def example_in(self, city: City) -> str:
        """The first one that it offers."""
        return next(iter(city.codes(self.of).offered))

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), LIST: self.of}

    def _check(self, code: str, info: core_schema.ValidationInfo) -> str:
        codes = city_of(info).codes(self.of)
        known: Mapping[str, object] = codes if self.retired_too else codes.offered
        if code not in known:
            raise ValueError(f"{self.what} kennen wij niet. Kies een van deze: {', '.join(codes.offered)}.")
        return code


class ExampleCode:
    """In a reply: a code of this list. It may be one that the city took away since, so it is described, not checked."""

    def __init__(self, of: ListName) -> None:
        self.of = of

    def example_in(self, city: City) -> str:
        """The first one that it offers."""
        return next(iter(city.codes(self.of).offered))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), EXAMPLE: self.of}


def with_codes_of(city: City | None, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with the codes and examples of this city, wherever a field is a `CityCode` or has one of its own.

    Without a city: no lists, and `city:districts` where an example would be, for whoever fills it in later.
    """
    filled = _filled(city, schema)
    return filled if isinstance(filled, dict) else schema


def example_of(city: City, what: str) -> str:
    """The city's own example: of a list's codes, its language, or a version of its text of consent."""
    if what in {"language", CONSENT_TEXT}:
        return city.language if what == "language" else next(iter(city.consent.texts))
    return next(iter(city.codes(cast("ListName", what)).offered))


def _filled(city: City | None, node: object) -> object:
    if isinstance(node, list):
        return [_filled(city, one) for one in node]
    if not isinstance(node, dict):
        return node
    whole = {key: _filled(city, value) for key, value in node.items() if key not in {LIST, EXAMPLE}}
    what = node.get(EXAMPLE) or node.get(LIST)
    if what is None:
        return whole
    if city is None:
        return {**whole, "examples": [f"{OF_CITY}{what}"]}
    if LIST in node:
        return {**whole, "enum": list(city.codes(node[LIST]).offered)}
    if what == CONSENT_TEXT:
        whole["enum"] = list(city.consent.texts)
    return {**whole, "examples": [example_of(city, what)]}
