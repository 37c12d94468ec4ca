"""An article as pages show it."""

from dataclasses import dataclass

from markupsafe import Markup

from services.community.domain.article import ArticleKind
from services.community.handlers.knowledge_reading import Readable
from services.community.web.knowledge_words import KINDS
from services.community.web.markdown import as_page
from services.community.web.reaches_of_knowledge import KNOWLEDGE
from shared.kernel.city import City
from shared.web.languages import translated


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article in words."""

    readable: Readable
    helps: tuple[str, ...]

    @property
    def title(self) -> str:
        """The question that it answers."""
        return self.readable.edition.words.title

    @property
    def path(self) -> str:
        """Its page."""
        return f"{KNOWLEDGE}/{self.readable.article.slug}"

    @property
    def kind(self) -> str:
        """What a reader comes for."""
        return translated(KINDS[self.readable.article.about.kind])

    @property
    def order(self) -> int:
        """Which kind goes first in a list."""
        return list(ArticleKind).index(self.readable.article.about.kind)

    @property
    def text(self) -> Markup:
        """What it says."""
        return as_page(self.readable.edition.words.body)


def view_of(readable: Readable, city: City) -> ArticleView:
    """One."""
    return ArticleView(readable, tuple(city.categories.words(one) for one in sorted(readable.article.about.categories)))


def views_of(readable: list[Readable], city: City) -> list[ArticleView]:
    """Several."""
    return [view_of(one, city) for one in readable]
