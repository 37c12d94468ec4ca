"""The twin of the open list of the knowledge base."""

from shared.events.shelf import Shelf, ShelvedArticle


class HeldShelf:
    """Holds these articles."""

    def __init__(self, *articles: ShelvedArticle) -> None:
        self.articles = articles

    async def read(self) -> Shelf:
        return Shelf(articles=self.articles)
