"""What the desk fills in about an everyday word, checked on its way in."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.matching.domain.everyday import LONGEST, SHORTEST
from services.matching.web.entry_forms import HadCategory
from shared.kernel.searched_words import folded, words_in


def _one_word(typed: str) -> str:
    if words_in(typed) != [folded(typed)]:
        raise ValueError("Vul één woord in, zonder spaties of tekens.")
    return typed


Word = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=SHORTEST, max_length=LONGEST, to_lower=True),
    AfterValidator(_one_word),
]


class WordForm(BaseModel):
    """A new word."""

    model_config = ConfigDict(extra="ignore")

    word: Word = Field(title="Woord", examples=["kurtka"])
    categories: tuple[HadCategory, ...] = Field(min_length=1, title="Welke hulp zoeken mensen dan?")


class ChangeWordForm(WordForm):
    """A word that is there. `seen` is the version that the page showed."""

    seen: int = Field(0, title="Versie")


class RemoveWordForm(BaseModel):
    """The word goes."""

    model_config = ConfigDict(extra="ignore")

    choice: Literal["remove"] = Field(title="Keuze")
    seen: int = Field(0, title="Versie")
