"""What colleagues write to each other tells of nobody: a number, an address or a date stops it; a name is asked."""

from collections.abc import Collection

from services.community.domain.example_errors import TellsWhoItIs
from services.community.domain.sparring_errors import MayBeNames
from services.community.handlers.examples import FOUND
from shared.kernel.city import City
from shared.privacy.certain import Tells
from shared.privacy.telltale import find_telltale


def refuse_persons(field: str, text: str, city: City, no_names: Collection[str] = ()) -> None:
    """Raises TellsWhoItIs, or MayBeNames for words that nobody said to be no name. What is refused is kept nowhere."""
    known = [*_of_city(city), *no_names]
    asked: list[str] = []
    while found := find_telltale(text, [*known, *asked]):
        if found.tells is not Tells.NAME:
            raise TellsWhoItIs(field, f"Hier staat “{found.words}”. {FOUND[found.tells]}")
        asked.append(found.words)
    if asked:
        raise MayBeNames(field, tuple(asked))


def _of_city(city: City) -> list[str]:
    """Names that may stand everywhere."""
    codes = (*city.districts.options, *city.languages.options)
    return [city.name, city.municipality, city.ambassador, city.desk.name, *(words for _, words in codes)]
