"""An article that comes with the city."""

from dataclasses import dataclass

from services.community.domain.article import About
from services.community.domain.edition import Words


@dataclass(frozen=True, slots=True)
class BroughtArticle:
    """One of them; `key` is what the file calls it, for ever the same."""

    key: str
    words: Words
    about: About
