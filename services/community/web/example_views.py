"""An example in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.community.domain.example import Example, ExampleState
from services.community.web.reaches_of_examples import EXAMPLES
from shared.events.alike_families import Children, FamilyShape, HomeLanguage, ShapeFact
from shared.events.base import AgeBand
from shared.kernel.city import City

AGE_BANDS: Final[Mapping[AgeBand, str]] = {
    AgeBand.BABY: "0 tot en met 3 jaar",
    AgeBand.YOUNG_CHILD: "4 tot en met 7 jaar",
    AgeBand.CHILD: "8 tot en met 11 jaar",
    AgeBand.TEENAGER: "12 tot en met 15 jaar",
    AgeBand.YOUNG_PERSON: "16 of 17 jaar",
}
CHILDREN: Final[Mapping[Children, str]] = {
    Children.ONE: "Voor één kind",
    Children.SEVERAL: "Voor meer kinderen",
}
STATES: Final[Mapping[ExampleState, tuple[str, str]]] = {
    ExampleState.WAITING: ("een collega leest het nog", "attention"),
    ExampleState.APPROVED: ("goedgekeurd", "good"),
    ExampleState.RETURNED: ("moet anders", "urgent"),
    ExampleState.WITHDRAWN: ("ingetrokken", "neutral"),
}
FACTS: Final[Mapping[ShapeFact, str]] = {
    ShapeFact.CATEGORIES: "Welke hulp nog meer?",
    ShapeFact.AGE_BAND: "Hoe oud is het kind?",
    ShapeFact.DISTRICT: "Waar woont het gezin?",
    ShapeFact.HOME_LANGUAGE: "Welke taal spreekt het gezin thuis?",
    ShapeFact.CHILDREN: "Voor hoeveel kinderen vroeg het gezin hulp?",
}
QUESTIONS: Final = (
    "Wat heeft dit kind nu nodig? En het gezin?",
    "Wie zou je bellen?",
    "Wat kun jij zelf doen?",
    "Wat kan er anders, zodat dit minder vaak gebeurt?",
)


def languages(city: City) -> Mapping[HomeLanguage, str]:
    """What a family can speak at home."""
    own = city.languages.words(city.language)
    return {HomeLanguage.OF_THE_CITY: own, HomeLanguage.ANOTHER: f"Een andere taal dan {own}"}


@dataclass(frozen=True, slots=True)
class ExampleView:
    """One example, and what its shape says in words."""

    example: Example
    facts: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return f"{EXAMPLES}/{self.example.id}"

    @property
    def title(self) -> str:
        """What it is called in a list."""
        return f"Voorbeeld {self.example.told.called.value}"

    @property
    def state(self) -> tuple[str, str]:
        """How it stands, and in which tone that is said."""
        return STATES[self.example.state]

    @property
    def lines(self) -> list[str]:
        """Its text."""
        return self.example.told.body.splitlines()


def view_of(example: Example, city: City) -> ExampleView:
    """In the city's words."""
    return ExampleView(example, _facts(example.told.shape, city))


def _facts(shape: FamilyShape, city: City) -> tuple[str, ...]:
    said = [city.categories.words(one) for one in shape.categories]
    if shape.age_band:
        said.append(AGE_BANDS[shape.age_band])
    if shape.district:
        said.append(city.districts.words(shape.district))
    if shape.home_language:
        said.append(f"Thuistaal: {languages(city)[shape.home_language]}")
    if shape.children:
        said.append(CHILDREN[shape.children])
    return tuple(said)
