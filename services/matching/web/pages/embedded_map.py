"""The map inside the pages of other sites: only of those that the city names, and never as who is signed in."""

from typing import Final

from fastapi import APIRouter, Depends, Request, Response

from services.matching.domain.map_query import SearchResult
from services.matching.domain.search import is_unreadable
from services.matching.handlers.everyday_words import count_missed
from services.matching.web import open_now, words
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.map_question import MapQuestion, by_kind, groups_of, why
from services.matching.web.pages.social_map import PATH
from shared.web.languages import CityToRead, read_in_languages
from shared.web.security import framed_by
from shared.web.site import EMBEDDED

ON_YOUR_SITE: Final = f"{PATH}/op-je-site"
router = APIRouter()


@router.get(EMBEDDED)
async def embedded(request: Request, dependencies: TheDependencies, unit: Unit, city: CityToRead) -> Response:
    """Kinds of help, or what is found; what one chooses opens on the map itself."""
    question = MapQuestion.read(PATH, request.query_params, city)
    query = question.query(unit.city, unit.now, hidden=False)
    found = await unit.services.search(query) if question.is_asked else SearchResult((), 0)
    await count_missed(query, found, dependencies.code_key, unit)
    page = dependencies.templates.page(
        request,
        "map_embedded.html",
        here=EMBEDDED,
        question=question,
        found=found,
        kinds=by_kind(found.offers, question.category),
        unreadable=is_unreadable(question.text),
        groups=groups_of(city),
        examples=words.examples(city),
        now=unit.now,
        why=why,
        words=words,
        open_now=open_now,
    )
    page.headers.update(framed_by(unit.city.site.may_embed))
    return page


@router.get(ON_YOUR_SITE, dependencies=[Depends(read_in_languages)])
async def on_your_site(request: Request, dependencies: TheDependencies) -> Response:
    """What to copy, and which sites may."""
    city, address = dependencies.city, f"{dependencies.public_url}{EMBEDDED}"
    snippet = (
        f'<iframe src="{address}" title="Sociale kaart van {city.name}" width="100%" height="800" loading="lazy">'
        "</iframe>"
    )
    example = f"{address}?categorie={next(iter(city.categories.offered))}"
    return dependencies.templates.page(request, "map_on_your_site.html", snippet=snippet, example=example)
