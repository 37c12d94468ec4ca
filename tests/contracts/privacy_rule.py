"""Which types may stand in an event: identities, codes and moments; nothing that a person could be recognised by."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import AwareDatetime

from shared.events.base import CaseCode, Code, Count, Event, Frozen, LanguageTag, PublicName
from shared.events.family_voice import Mark

# A bare number could be a telephone number or a BSN; a count ends at a million.
PLAIN = (UUID, AwareDatetime, bool)
CONSTRAINED = (CaseCode, Code, LanguageTag, Count, Mark)
# Days on which something in the chain happens; any other day could be somebody's birthday.
DAYS = frozenset(
    {
        "away_from",
        "away_until",
        "ends_on",
        "erased_on",
        "first_contact_on",
        "from_day",
        "full_until",
        "leaves_on",
        "on",
        "planned_for",
        "requested_on",
        "told_on",
        "until",
        "valid_until",
    }
)
# What the social map shows to everyone: names of organisations and services, never of people.
PUBLIC_DIRECTORY = frozenset({"OrganisationListed", "ServiceListed"})


def violations(event: type[Event]) -> list[str]:
    """Every field of this event, however deep, that has no place in one; empty when there is none."""
    return list(_of_model(event, event.__name__, public=event.__name__ in PUBLIC_DIRECTORY))


def _of_model(model: type[Frozen], path: str, *, public: bool) -> Iterator[str]:
    if not model.model_config.get("frozen"):
        yield f"{path}: can be changed after it was said"
    if model.model_config.get("extra") != "ignore":
        yield f"{path}: keeps fields that it does not know"
    for name, kind in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields:
            yield from _of_type(kind, f"{path}.{name}", public=public)


def _of_type(kind: Any, path: str, *, public: bool) -> Iterator[str]:  # noqa: ANN401 - any annotation
    if kind in (*PLAIN, *CONSTRAINED, NoneType) or (public and kind == PublicName):
        return
    if kind is date and path.rpartition(".")[2] in DAYS:
        return
    if get_origin(kind) in (Union, UnionType, tuple):
        for part in get_args(kind):
            if part is not Ellipsis:
                yield from _of_type(part, path, public=public)
    elif isinstance(kind, type) and issubclass(kind, Frozen):
        yield from _of_model(kind, path, public=public)
    elif not (isinstance(kind, type) and issubclass(kind, StrEnum)):
        yield f"{path}: {_words(kind)} may not be in an event"


def _words(kind: Any) -> str:  # noqa: ANN401 - any annotation
    if kind is date:
        return "a day that is not one of the chain's"
    if kind == PublicName:
        return "PublicName (only in the public directory)"
    return "a constrained type of its own" if get_origin(kind) is Annotated else getattr(kind, "__name__", str(kind))
