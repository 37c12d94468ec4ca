"""Whether many families look like this: asked by community of intake (`POST /internal/alike-families`).

A shape is codes only, and few of them. The answer never is a number: only whether at least so many families have it,
and which fact of it would have to go for that.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from shared.events.base import AgeBand, Code
from shared.events.http import Answer, Question

ALIKE_FAMILIES: Final = "/internal/alike-families"
MOST_CATEGORIES: Final = 2
# Each fact more makes a group that is smaller, and a question that lies closer to another one.
MOST_FACTS: Final = 4


class HomeLanguage(StrEnum):
    """Whether the family speaks the city's own language at home."""

    OF_THE_CITY = "of-the-city"
    ANOTHER = "another"


class Children(StrEnum):
    """For how many children of the family help was asked."""

    ONE = "one"
    SEVERAL = "several"


class ShapeFact(StrEnum):
    """What a shape can say; `categories`: one of them."""

    CATEGORIES = "categories"
    AGE_BAND = "age_band"
    DISTRICT = "district"
    HOME_LANGUAGE = "home_language"
    CHILDREN = "children"


class TooManyFacts(ValueError):
    """A shape that says so much tells too few families apart."""


class FamilyShape(Question):
    """What a family has in common with others: what it needs, and a few facts more."""

    categories: Annotated[tuple[Code, ...], Field(min_length=1, max_length=MOST_CATEGORIES)]
    age_band: AgeBand | None = None
    district: Code | None = None
    home_language: HomeLanguage | None = None
    children: Children | None = None

    @model_validator(mode="after")
    def _few(self) -> Self:
        if len(set(self.categories)) < len(self.categories):
            raise ValueError("a category stands there twice")
        if len(self.facts) > MOST_FACTS:
            raise TooManyFacts(f"at most {MOST_FACTS} facts")
        return self

    @property
    def facts(self) -> tuple[ShapeFact, ...]:
        """What it says, in order; each of its categories counts."""
        others = (fact for fact in ShapeFact if fact is not ShapeFact.CATEGORIES and getattr(self, fact) is not None)
        return (*(ShapeFact.CATEGORIES for _ in self.categories), *others)

    def wider(self) -> Iterator[tuple[ShapeFact, "FamilyShape"]]:
        """The shapes that say one thing less, and what that is."""
        if len(self.categories) > 1:
            for gone in self.categories:
                kept = tuple(one for one in self.categories if one != gone)
                yield ShapeFact.CATEGORIES, self.model_copy(update={"categories": kept})
        for fact in self.facts[len(self.categories) :]:
            yield fact, self.model_copy(update={fact.value: None})


class AlikeFamiliesAnswer(Answer):
    """`is_common`: at least `at_least` families have this shape. `widen`: without one of these it would be so."""

    is_common: bool
    at_least: Annotated[int, Field(ge=1, le=1000)]
    widen: tuple[ShapeFact, ...] = ()
