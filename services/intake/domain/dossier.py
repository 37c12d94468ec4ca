"""What only intake knows: every fact that tells who the child and the family are. It never leaves the vault unasked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
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
    EXPECTED_MONTH = "expected_month"
    CONTACT_NAME = "contact_name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    STORY = "story"
    CONSENT_NAME = "consent_name"
    CONTEXT = "context"
    BOTTLENECKS = "bottlenecks"
    EFFECT_ON_CHILD = "effect_on_child"
    PREFERRED_NAME = "preferred_name"
    CONTACT_WISHES = "contact_wishes"
    DISTRICT = "district"
    OWN_NETWORK = "own_network"
    HELPER_WISHES = "helper_wishes"


# Where a family lives, of which the district is here only while its address is secret.
OF_THE_ADDRESS = (Fact.ADDRESS, Fact.DISTRICT)
# What the inventory tells, and tells anew each time: what is left out then is taken back.
OF_THE_INVENTORY = (Fact.CONTEXT, Fact.BOTTLENECKS, Fact.EFFECT_ON_CHILD)


# What the family wants to be called, and how to reach it: told by the ambassador at any time.
OF_THE_CONTACT = (
    Fact.PREFERRED_NAME, Fact.CONTACT_WISHES, Fact.CONTACT_NAME, Fact.PHONE, Fact.EMAIL, Fact.ADDRESS,
    Fact.OWN_NETWORK, Fact.HELPER_WISHES,
)  # fmt: skip


class NoteKind(StrEnum):
    """What a note is about."""

    HOME_VISIT = "home-visit"
    GIVEN_BACK = "given-back"
    FOLLOW_UP = "follow-up"
    FAMILY_ASKS = "family-asks"
    OWN_STORY = "own-story"


@dataclass(frozen=True, slots=True)
class Note:
    """Words that belong to one moment of a case; `id` is that of the moment, so that writing again replaces them."""

    id: UUID
    case_id: UUID
    kind: NoteKind
    written_by: UUID  # the case itself: by the family, on its own page
    written_at: datetime
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NeedWords:
    """What only the vault holds of one need: the family's own words, its goal, and the day that it aims for."""

    words: str | None = None
    goal: str | None = None
    target_on: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The family's facts, what it said of each need, and the notes of the case, oldest first.

    A fact that nobody gave is absent.
    """

    case_id: UUID
    facts: Mapping[Fact, str] = field(default_factory=dict)
    needs: Mapping[UUID, NeedWords] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def words(self) -> Mapping[UUID, str]:
        """Of each need for which there are any, the family's own words."""
        return {need_id: said.words for need_id, said in self.needs.items() if said.words}

    @property
    def born(self) -> date | None:
        """When the child was born; None of one that is expected."""
        told = self.facts.get(Fact.BIRTH_DATE)
        return date.fromisoformat(told) if told else None

    @property
    def expected(self) -> date | None:
        """The first day of the month in which the child is expected; None of one that was born."""
        told = self.facts.get(Fact.EXPECTED_MONTH)
        return date.fromisoformat(f"{told}-01") if told else None

    @property
    def called(self) -> str | None:
        """What the child or the family is called: as they prefer, or else by the child's first name."""
        return self.facts.get(Fact.PREFERRED_NAME) or self.facts.get(Fact.FIRST_NAME)
