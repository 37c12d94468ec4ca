"""How a family gave an answer: what is kept beside the answer itself."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.events.base import LanguageTag


class How(StrEnum):
    """How the family gave its answer."""

    PAPER = "paper"
    SPOKEN = "spoken"
    OWN_PAGE = "own-page"


@dataclass(frozen=True, slots=True)
class ConsentGivenHow:
    """In which language the text was read or heard, how the answer was given, and whether an interpreter helped."""

    language: LanguageTag | None = None
    how: How | None = None
    interpreter: bool = False


HOW_NOT_TOLD: Final = ConsentGivenHow()
