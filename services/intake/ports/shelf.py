"""What may be read beside a page of intake: the open list of the knowledge base."""

from typing import Protocol

from shared.events.shelf import Shelf


class ArticleShelf(Protocol):
    """Where that list comes from. Never read it while a unit of work is open: it is another service."""

    async def read(self) -> Shelf:
        """The list as it was a little while ago; an empty one when it was never there, so that a page does without."""
