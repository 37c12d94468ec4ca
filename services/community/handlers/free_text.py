"""What people write to each other here tells of nobody."""

from collections.abc import Collection
from typing import Final

from services.community.domain.example_errors import TellsWhoItIs
from services.community.handlers.examples import FOUND
from shared.kernel.city import City
from shared.privacy.certain import Tells
from shared.privacy.telltale import find_telltale

_NAME: Final = "Is dat een naam? Schrijf het in andere woorden, zonder namen."


def refuse_persons(field: str, text: str, city: City, known: Collection[str] = ()) -> None:
    """Raises TellsWhoItIs; names of the city, its districts and its languages may stand there, and what is `known`."""
    of_city = (city.name, *(words for _, words in (*city.districts.options, *city.languages.options)))
    if found := find_telltale(text, (*of_city, *known)):
        why = _NAME if found.tells is Tells.NAME else FOUND[found.tells]
        raise TellsWhoItIs(field, f"Hier staat “{found.words}”. {why}")
