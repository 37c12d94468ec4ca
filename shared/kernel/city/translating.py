"""The words of a city in another language than its own, for the pages that families read."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

from pydantic import Field

from shared.kernel.city.codes import CODE, LANGUAGE_TAG, CodeList, ListName
from shared.kernel.city.values import Table, Text, Value, Words

if TYPE_CHECKING:
    from shared.kernel.city import City

CityT = TypeVar("CityT", bound="City")
Code = Annotated[str, Field(pattern=CODE)]
Tag = Annotated[str, Field(pattern=LANGUAGE_TAG)]
# The names of districts may stay what they are, and what a language is called is known (CLDR).
NEEDED: Final[tuple[ListName, ...]] = ("category_groups", "categories", "organisation_kinds", "access")
LISTS: Final[tuple[ListName, ...]] = (*NEEDED, "districts", "languages")


Said = Table[Code, Words]


class Translation(Value):
    """What a family reads of this city in one language; what is left out stays in the city's own."""

    ambassador: Words | None = Field(
        None, description="What the contact person is called.", examples=["contact person"]
    )
    desk: Words | None = Field(
        None, max_length=60, description="The desk in the middle of a sentence.", examples=["the Schakelpunt"]
    )
    safety_when: Words | None = Field(
        None, max_length=60, description="When one can call about a child's safety.", examples=["free, day and night"]
    )
    category_groups: Said = Field(
        {}, validate_default=True, max_length=300, description="The words of [category_groups] in this language.",
        examples=[{"home": "Housing"}],
    )  # fmt: skip
    categories: Said = Field(
        {}, validate_default=True, max_length=300, description="The words of [categories] in this language.",
        examples=[{"bike": "Bicycle"}],
    )  # fmt: skip
    descriptions: Table[Code, Text] = Field(
        {}, validate_default=True, max_length=300, description="The descriptions of categories in this language.",
        examples=[{"too-small": "There is too little room in the house."}],
    )  # fmt: skip
    organisation_kinds: Said = Field(
        {}, validate_default=True, max_length=300, description="The words of [organisation_kinds] in this language.",
        examples=[{"fund": "Fund"}],
    )  # fmt: skip
    access: Said = Field(
        {}, validate_default=True, max_length=300, description="The words of [access] in this language.",
        examples=[{"lift": "Lift"}],
    )  # fmt: skip
    districts: Said = Field(
        {}, validate_default=True, max_length=300, description="The words of [districts] in this language.",
        examples=[{"centrum": "City centre"}],
    )  # fmt: skip
    languages: Table[Tag, Words] = Field(
        {}, validate_default=True, max_length=300, description="The words of [languages] in this language.",
        examples=[{"nl": "Dutch"}],
    )  # fmt: skip

    def of(self, city: CityT) -> CityT:
        """The same city, in these words."""
        said = dict(
            {name: self._list(city, name) for name in LISTS},
            ambassador=self.ambassador or city.ambassador,
            desk=city.desk.model_copy(update={"in_sentence": self.desk or city.desk.in_sentence}),
            safety=city.safety.model_copy(update={"when": self.safety_when or city.safety.when}),
        )
        return city.model_copy(update=said)

    def missing(self, city: "City", language: str) -> Iterator[str]:
        """What a family that reads this language still reads in the city's own: places under its section."""
        for name, field in type(self).model_fields.items():
            if field.default is None and getattr(self, name) is None:
                yield name
        for name in NEEDED:
            words: Mapping[str, str] = getattr(self, name)
            yield from (f"{name}.{code}" for code in city.codes(name).offered if code not in words)
        described = (code for code, one in city.categories.offered.items() if one.description)
        yield from (f"descriptions.{code}" for code in described if code not in self.descriptions)
        asked = max(city.consent.first_days, key=city.consent.first_days.__getitem__)
        if city.consent.text(asked, language) is None:
            yield f"consent ({asked}: a text under [consent.texts.{asked}])"

    def _list(self, city: "City", name: ListName) -> CodeList[Any]:
        words: Mapping[str, str] = getattr(self, name)
        told = self.descriptions if name == "categories" else {}
        entries = {}
        for code, entry in city.codes(name).items():
            said = {"words": words[code], "in_sentence": words[code]} if code in words else {}
            also = {"description": told[code]} if code in told else {}
            entries[code] = entry.model_copy(update={**said, **also})
        return CodeList(entries)
