"""Need categories in two levels, with the words that a family uses and the neutral facts to ask for."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from shared.kernel.city.codes import CODE, LANGUAGE_TAG, Noun, Short
from shared.kernel.city.values import SearchWord, Table, Text, Value, Words

MOST_FACTS = 6
Tag = Annotated[str, Field(pattern=LANGUAGE_TAG)]
SearchRow = Annotated[tuple[SearchWord, ...], Field(strict=False, min_length=1, max_length=60)]
Code = Annotated[str, Field(pattern=CODE)]
# Each is drawn in services/matching/web/templates/icons.html.
Icon = Literal[
    "ball", "basket", "book", "briefcase", "bus", "euro", "heart", "house", "letter", "people", "shirt", "star", "sun",
]  # fmt: skip


class Group(Noun, Short):
    """The first level: `Wonen`, `School`."""

    icon: Icon = Field(
        default="star", description="The drawing beside it on the social map, which says nothing by itself.",
        examples=["house"],
    )  # fmt: skip


class FactToAsk(Value):
    """A neutral fact that a partner needs before it can say yes, such as a size: a number, or one of some choices.

    Never free text: it is shown to a partner before the family has met it.
    """

    words: Words = Field(description="The question, for the family.", examples=["Hoe lang is het kind?"])
    unit: str = Field("", max_length=12, description="In what a number is counted.", examples=["cm"])
    minimum: int | None = Field(None, ge=0, le=1_000_000, description="The smallest number.", examples=[80])
    maximum: int | None = Field(None, ge=0, le=1_000_000, description="The largest number.", examples=[200])
    choices: tuple[Words, ...] = Field(
        (), strict=False, max_length=40, description="What can be chosen.", examples=[["104", "116", "128"]]
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        numbers = self.minimum is not None and self.maximum is not None
        if self.choices and (self.unit or self.minimum is not None or self.maximum is not None):
            raise ValueError("it is a number (minimum and maximum) or one of some choices, not both")
        if not self.choices and not numbers:
            raise ValueError("it needs choices, or a minimum and a maximum")
        if self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum:
            raise ValueError("the minimum must be below the maximum")
        if len(set(self.choices)) != len(self.choices):
            raise ValueError("a choice stands in it twice")
        return self

    def accepts(self, answer: str) -> bool:
        """Whether this is an answer to it: one of the choices, or a whole number between the two."""
        if self.choices:
            return answer in self.choices
        if not (answer.isascii() and answer.isdigit()) or len(answer) > len(str(self.maximum)):
            return False
        return (self.minimum or 0) <= int(answer) <= (self.maximum or 0)

    def in_words(self, answer: str) -> str:
        """The answer as a partner reads it: `128 cm`."""
        return f"{answer} {self.unit}".strip()


class Category(Noun):
    """The second level: what is needed, as it is asked, searched, matched and counted."""

    group: Code = Field(description="The code of its group, from [category_groups].", examples=["home"])
    description: Text | None = Field(
        None, max_length=500, description="One or two sentences, for the form and the social map.",
        examples=["Het huis is te klein voor het gezin."],
    )  # fmt: skip
    search: tuple[SearchWord, ...] = Field(
        (), strict=False, max_length=60, description="Single words that a family uses for it, to find it on the map.",
        examples=[["krap", "ruimte", "slaapkamer"]],
    )  # fmt: skip
    search_in: Table[Tag, SearchRow] = Field(
        {}, validate_default=True, max_length=40, examples=[{"en": ["crowded", "bedroom"], "tr": ["dar", "oda"]}],
        description="The same in other languages, each in its own script, by the tag of the language.",
    )  # fmt: skip
    formerly: tuple[Words, ...] = Field(
        (), strict=False, max_length=20, examples=[["een kleine woning"]],
        description="Other words for it, such as earlier ones: files for the social map may have them still.",
    )  # fmt: skip
    goes_first: bool = Field(
        default=False, examples=[True],
        description="true: a small basic thing for which a partner may be asked before the talk with the family.",
    )  # fmt: skip
    ask: Table[Code, FactToAsk] = Field(
        {}, validate_default=True, max_length=MOST_FACTS, description="Neutral facts to ask for, such as a size.",
        examples=[{"rooms": {"words": "Hoeveel slaapkamers zijn er?", "minimum": 0, "maximum": 9}}],
    )  # fmt: skip
