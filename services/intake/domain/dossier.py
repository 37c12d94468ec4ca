"""What only intake knows: every fact that tells who the child and the family are. It never leaves the vault unasked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Fact(StrEnum):
    """One sealed field of a case."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BIRTH_DATE = "birth_date"
    CONTACT_NAME = "contact_name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    STORY = "story"
    CONSENT_NAME = "consent_name"
    CONTEXT = "context"
    BOTTLENECKS = "bottlenecks"
    EFFECT_ON_CHILD = "effect_on_child"


# What the inventory tells, and tells anew each time: what is left out then is taken back.
OF_THE_INVENTORY = (Fact.CONTEXT, Fact.BOTTLENECKS, Fact.EFFECT_ON_CHILD)


@dataclass(frozen=True, slots=True)
class Dossier:
    """The family's facts, and per need its own words. A fact that nobody gave is absent."""

    case_id: UUID
    facts: Mapping[Fact, str] = field(default_factory=dict)
    words: Mapping[UUID, str] = field(default_factory=dict)


def given(**facts: str | None) -> dict[Fact, str]:
    """The facts that somebody filled in, by their names in lower case."""
    return {Fact(name): value for name, value in facts.items() if value}
