"""P6, at its source: no event has a field that could hold a name, address, e-mail, phone or free text of a person."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

import pytest
from pydantic import (
    ConfigDict,
    EmailStr,
    Field,
    SecretStr,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    create_model,
)

from shared.events.base import CaseCode, Code, Count, Event, Frozen, LanguageTag, Need, PublicName, Urgency
from shared.events.catalogue import all_events
from tests.contracts.privacy_rule import DAYS, violations

SHORT_TEXT = Annotated[str, StringConstraints(max_length=20)]
UNBOUNDED = Annotated[int, Field(ge=0)]
TELEPHONE = Annotated[int, Field(ge=0, le=999_999_999)]
PATTERNLESS = Annotated[str, Field(min_length=1)]


class Household(Frozen):
    """A value with a name in it."""

    surname: str


class Open(Frozen):
    """A value that keeps what it does not know."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")


BAD = [
    str, EmailStr, SecretStr, dict, dict[str, str], list[str], tuple[str, ...], Any, object, bytes, float, datetime,
    SHORT_TEXT, PATTERNLESS, PublicName, str | None, Code | str, Literal["yes"], set[Code], list[Need],
    Household, tuple[Household, ...], Household | None, Open, int, int | None, tuple[int, ...], date, date | None,
    UNBOUNDED, TELEPHONE,
]  # fmt: skip
GOOD = [
    CaseCode,
    Code,
    LanguageTag,
    Urgency,
    Need,
    Count,
    Count | None,
    tuple[Need, ...],
    Code | None,
    tuple[Code, ...] | None,
]


def event_with(kind: object, name: str = "field") -> type[Event]:
    """An event with one field of this type."""
    fields: dict[str, Any] = {name: (kind, ...)}
    return create_model("SomethingHappened", __base__=Event, **fields)


@pytest.mark.parametrize("event", all_events(), ids=lambda event: event.__name__)
def test_event_holds_identities_and_codes_only(event: type[Event]) -> None:
    assert violations(event) == []


@pytest.mark.parametrize("kind", BAD, ids=str)
def test_field_is_refused_when_it_could_hold_a_person(kind: object) -> None:
    found = violations(event_with(kind))
    assert len(found) == 1
    assert found[0].startswith("SomethingHappened.field")


@pytest.mark.parametrize("kind", GOOD, ids=str)
def test_field_passes_when_it_holds_a_code(kind: object) -> None:
    assert violations(event_with(kind)) == []


@pytest.mark.parametrize("text", ["nl-Amina-Jansen-06123456", "nl-jansen", "ar-0612", "amina"])
def test_language_is_too_short_for_a_name(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(LanguageTag).validate_python(text)


@pytest.mark.parametrize(
    ("name", "kind"), [("phone", int), ("bsn", int), ("birth_date", date), ("born_on", date | None)]
)
def test_number_or_day_is_refused_when_it_could_tell_who_it_is(name: str, kind: object) -> None:
    found = violations(event_with(kind, name))
    assert [line.partition(":")[0] for line in found] == [f"SomethingHappened.{name}"]


@pytest.mark.parametrize("name", sorted(DAYS))
def test_day_of_the_chain_passes_by_its_name(name: str) -> None:
    assert violations(event_with(date | None, name)) == []


def test_public_names_are_refused_outside_the_directory_and_pass_in_it() -> None:
    named = create_model("PartnerNamed", __base__=Event, name=(PublicName, ...))
    listed = create_model("ServiceListed", __base__=Event, name=(PublicName, ...))
    assert violations(named) == ["PartnerNamed.name: PublicName (only in the public directory) may not be in an event"]
    assert violations(listed) == []


def test_event_is_refused_when_it_can_be_changed() -> None:
    loose = type("LooseHappened", (Event,), {"model_config": ConfigDict(frozen=False), "__module__": __name__})
    assert violations(loose) == ["LooseHappened: can be changed after it was said"]


def test_every_event_is_walked_to_its_inner_fields() -> None:
    received = create_model("RequestReceived", __base__=Event, needs=(tuple[Household, ...], ...))
    assert violations(received) == ["RequestReceived.needs.surname: str may not be in an event"]
