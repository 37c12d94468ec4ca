"""Which organisations a family would rather not have: found by a part of the name, and taken off again."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from services.intake.web.forms import InventoryForm
from shared.web.forms import Form

AT_MOST: Final = 20
FIELD: Final = "excludedOrganisations"


def choices(form: Form[InventoryForm], known: Mapping[UUID, str], own: UUID) -> list[tuple[str, str]]:
    """Those that were chosen, and behind them those that were searched for; never the school that asks itself."""
    chosen = [(str(each), name) for each, name in known.items() if form.has(FIELD, each)]
    others = {each: name for each, name in known.items() if not form.has(FIELD, each) and each != own}
    return [*chosen, *found(others, str(form.value_of("organisation")))]


def found(organisations: Mapping[UUID, str], words: str) -> Sequence[tuple[str, str]]:
    """Those in whose names all these words stand, whole or in part."""
    parts = _plain(words).split()
    if not parts:
        return []
    hits = [(str(each), name) for each, name in organisations.items() if all(part in _plain(name) for part in parts)]
    return hits[:AT_MOST]


def _plain(words: str) -> str:
    """Without capitals and accents."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
