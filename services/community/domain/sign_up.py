"""What somebody who signs up tells about themselves: sealed, and forgotten four weeks after the gathering."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from services.community.domain.table_wish import TableWish


class SeenBy(StrEnum):
    """Who else may read that somebody comes; the site names only whoever speaks."""

    NOBODY = "nobody"
    PARTICIPANTS = "participants"
    NETWORK = "network"
    EVERYBODY = "everybody"


class ComesAs(StrEnum):
    """As what somebody comes, when they want to tell."""

    PARENT = "parent"
    EXPERT = "by-experience"
    WORK = "for-work"
    VOLUNTEER = "unpaid"
    NOT_TOLD = "not-told"


# These know it from their own life; at a mirror talk they sit in the inner circle, and whoever else comes listens.
OF_EXPERIENCE: Final = frozenset({ComesAs.PARENT, ComesAs.EXPERT})


class AccessNeed(StrEnum):
    """What somebody needs to take part."""

    WHEELCHAIR = "room-for-wheels"
    HEARING_LOOP = "induction-loop"
    MICROPHONE = "microphone"
    CALM = "calm"
    BRIGHT_LIGHT = "bright-light"
    SOFT_LIGHT = "soft-light"
    LARGE_PRINT = "large-print"
    ASSISTANCE_DOG = "assistance-dog"
    NO_ANIMALS = "no-animals"


class Food(StrEnum):
    """What somebody eats, or does not."""

    HALAL = "halal"
    KOSHER = "kosher"
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    NO_GLUTEN = "no-gluten"
    NO_LACTOSE = "no-lactose"
    NO_NUTS = "no-nuts"


# An interpreter for those who sign; every other one is for a language of the city.
SIGN_LANGUAGE: Final = "sign-language"
# What one person needs can stand in the way of what another one needs: who organises has to think of it.
AT_ODDS: Final = (
    (AccessNeed.ASSISTANCE_DOG, AccessNeed.NO_ANIMALS),
    (AccessNeed.BRIGHT_LIGHT, AccessNeed.SOFT_LIGHT),
    (AccessNeed.MICROPHONE, AccessNeed.CALM),
)


# Who organises reads the counts once so many people need something; each row of them may still be of one person.
# Whoever answers for access reads them before that.
COUNTED_FROM: Final = 5


@dataclass(frozen=True, slots=True)
class Needs:
    """What one person needs: for whoever answers questions about access, and for nobody else.

    `childcare`: for how many; `interpreter`: for which language, or SIGN_LANGUAGE; `other`: in their own words.
    """

    access: frozenset[AccessNeed] = frozenset()
    other: str = ""
    childcare: int = 0
    interpreter: str = ""
    diet: frozenset[Food] = frozenset()

    def __bool__(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.access or self.other or self.childcare or self.interpreter or self.diet)


@dataclass(frozen=True, slots=True)
class SignUp:
    """Names and wishes of one seat."""

    name: str = field(repr=False)
    email: str = field(repr=False)
    organisation: str = field(default="", repr=False)
    topic: str = field(default="", repr=False)
    needs: Needs = field(default_factory=Needs, repr=False)
    seen_by: SeenBy = field(default=SeenBy.NOBODY, repr=False)
    comes_as: ComesAs = field(default=ComesAs.NOT_TOLD, repr=False)
    table_wish: TableWish = field(default_factory=TableWish, repr=False)

    @property
    def is_of_experience(self) -> bool:
        """Whether they know it from their own life."""
        return self.comes_as in OF_EXPERIENCE


@dataclass(frozen=True, slots=True)
class NeedCounts:
    """What all of them need together, without whose it is. `at_odds`: pairs that are both there."""

    people: int
    in_own_words: int
    childcare: int
    access: Counter[AccessNeed]
    interpreters: Counter[str]
    diet: Counter[Food]

    @property
    def are_for_who_organises(self) -> bool:
        """Whether everybody who organises may read them: of one person they would be that person's needs."""
        return self.people >= COUNTED_FROM

    @property
    def at_odds(self) -> list[tuple[AccessNeed, AccessNeed]]:
        """Those of AT_ODDS of which both sides are needed."""
        return [(one, other) for one, other in AT_ODDS if self.access[one] and self.access[other]]


def counts_of(all_needs: Iterable[Needs]) -> NeedCounts:
    """Of everybody who comes, or may come yet."""
    told = [one for one in all_needs if one]
    return NeedCounts(
        people=len(told),
        in_own_words=sum(bool(one.other) for one in told),
        childcare=sum(one.childcare for one in told),
        access=Counter(need for one in told for need in one.access),
        interpreters=Counter(one.interpreter for one in told if one.interpreter),
        diet=Counter(diet for one in told for diet in one.diet),
    )
