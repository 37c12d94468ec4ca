"""Invented children, families and needs by the dozen; the same number is the same case, in every run."""

from dataclasses import dataclass
from random import Random
from typing import Final

from deploy.demo.stories.invented import Invented
from shared.kernel.city import City

FIRST_NAMES: Final = ("Ayla", "Bram", "Chaima", "Daan", "Elin", "Fatma", "Gijs", "Hanna", "Ilias", "Kofi", "Lotte")
LAST_NAMES: Final = ("Verzonnen", "Bedacht", "Van Papier", "Zomaar", "El Voorbeeld", "De Proef", "Nergens", "Fantasie")
HOW_SOON: Final = ("normal", "normal", "normal", "soon", "soon", "today")
YOUNGEST, OLDEST = 4, 11
STORY: Final = "Verzonnen: het gezin komt rond, en hiervoor is even geen geld."


@dataclass(frozen=True, slots=True)
class InventedCase:
    """One request, and what becomes of it before the morning comes."""

    asked: Invented
    is_discussed: bool
    is_accepted: bool


def invented_case(number: int, city: City) -> InventedCase:
    """The same number is the same case."""
    chance = Random(number)  # noqa: S311 - nothing secret is made of it
    last_name = chance.choice(LAST_NAMES)
    asked = Invented(
        title=f"Verzonnen aanvraag {number}",
        first_name=chance.choice(FIRST_NAMES),
        last_name=last_name,
        contact_name=f"Ouder {last_name}",
        address=f"Verzonnenstraat {number}",
        years=chance.randint(YOUNGEST, OLDEST),
        district=chance.choice(list(city.districts)),
        language=chance.choice((city.language, city.language, *city.languages)),
        category=chance.choice(list(city.categories)),
        urgency=chance.choice(HOW_SOON),
        story=STORY,
    )
    return InventedCase(asked, is_discussed=chance.random() < 0.7, is_accepted=chance.random() < 0.3)  # noqa: PLR2004
