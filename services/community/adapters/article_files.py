"""Articles that come with a city, in a file beside it: read and checked whole before any of them is kept."""

import tomllib
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.community.domain.article import About, ArticleKind
from services.community.domain.brought_article import BroughtArticle
from services.community.domain.edition import Words
from shared.kernel.city import City
from shared.web.city_codes import CityCode, in_city

_Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,60}$")]
_LONGEST: Final = 6_000


class _Article(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: _Key
    title: Annotated[str, StringConstraints(min_length=3, max_length=280)]
    kind: ArticleKind
    categories: list[Annotated[str, CityCode("categories", "Deze hulp")]] = []
    signals: list[Annotated[str, CityCode("signals", "Dit signaal")]] = []
    follows_law: bool = False
    body: Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST, strip_whitespace=True)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    articles: list[_Article] = Field(max_length=2_000)


def read_articles(file: Path, city: City) -> list[BroughtArticle]:
    """The articles in this TOML file, in its order. Raises ValueError for one that is not as it should be."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    held = _File.model_validate(tables, context=in_city(city))
    return [
        BroughtArticle(
            one.key,
            Words(one.title, one.body),
            About(one.kind, frozenset(one.categories), frozenset(one.signals), one.follows_law),
        )
        for one in held.articles
    ]
