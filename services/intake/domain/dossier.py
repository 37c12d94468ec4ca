"""What only intake knows: every fact that tells who the child and the family are. It never leaves the vault unasked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

# How many characters each kind of text may have.
NAME_AT_MOST = 100
LINE_AT_MOST = 200
REMARK_AT_MOST = 200
WORDS_AT_MOST = 500
STORY_AT_MOST = 4000


class Fact(StrEnum):
    """One sealed field of a case. Field of the request or the inventory and column of `vault` bear the same name."""

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
