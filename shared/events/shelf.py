"""What anyone may read of the knowledge base on other pages: an open list of its articles, without texts."""

from typing import Final

from shared.events.base import Frozen

SHELF: Final = "/kennisbank/artikelen.json"
MOST_ON_SHELF: Final = 2_000


class ShelvedArticle(Frozen):
    """One article; `is_aid`: something to print. `categories` and `signals` are codes of the city."""

    title: str
    path: str
    is_aid: bool = False
    categories: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()


class Shelf(Frozen):
    """Those that may be suggested now, by title."""

    articles: tuple[ShelvedArticle, ...] = ()
