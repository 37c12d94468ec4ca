"""`/kennisbank`: for everybody, without an account: by its list, by a question, one article, and on paper."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example_errors import TellsWhoItIs
from services.community.domain.knowledge_search import LONGEST_QUESTION
from services.community.handlers.article_feedback import give_feedback
from services.community.handlers.knowledge_reading import (
    Readable,
    Withdrawn,
    find_readable,
    list_readable,
    list_suggested,
    not_reviewed_since,
    search_articles,
)
from services.community.web.dependencies import (
    MAY_HOST,
    Dependencies,
    TheDependencies,
    Unit,
    Visitor,
    is_at_the_desk,
    may_organise,
)
from services.community.web.knowledge_forms import ArticleFeedbackForm, read_feedback
from services.community.web.knowledge_views import ArticleView, view_of, views_of
from services.community.web.reaches_of_knowledge import BEGIN, FEEDBACK, KNOWLEDGE
from shared.access.sessions import Session
from shared.events.shelf import SHELF, Shelf, ShelvedArticle
from shared.web.auditing import unit_of
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form
from shared.web.languages import read_in_languages, same_language
from shared.web.rate_limit import TooManyRequests

REQUESTS_PER_CLIENT: Final = "120/hour"
# Of one edition, by one person or one browser.
ONE_OF_EACH: Final = "1/12 hours"
router = APIRouter(prefix=KNOWLEDGE)
Question = Annotated[str, Query(alias="vraag", max_length=LONGEST_QUESTION)]
IN_LANGUAGES: Final = [Depends(read_in_languages)]


@router.get("", dependencies=IN_LANGUAGES)
async def overview(
    request: Request, dependencies: TheDependencies, visitor: Visitor, unit: Unit, vraag: Question = ""
) -> Response:
    """All of them by what they are for, or what goes with a question."""
    found = await search_articles(vraag, unit) if vraag.strip() else None
    return dependencies.templates.page(
        request,
        "knowledge.html",
        question=vraag,
        found=views_of(found, unit.city) if found is not None else None,
        shelves=_by_kind(views_of(await list_readable(unit), unit.city)),
        may_propose=visitor is not None and visitor.role in MAY_HOST,
        at_the_desk=is_at_the_desk(visitor),
    )


@router.get(SHELF.removeprefix(KNOWLEDGE))
async def shelf(unit: Unit) -> Shelf:
    """What other pages may link to."""
    return Shelf(articles=tuple(map(_shelved, await list_suggested(unit))))


@router.get("/{slug}", dependencies=IN_LANGUAGES)
async def article(request: Request, slug: str, dependencies: TheDependencies, visitor: Visitor, unit: Unit) -> Response:
    """One; or that it is gone, and what to read in its place."""
    return await _page(request, slug, dependencies, visitor, unit)


@router.get("/{slug}/afdrukken", dependencies=IN_LANGUAGES)
async def paper(request: Request, slug: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """One, to print: a page in large letters."""
    found = await find_readable(slug, unit)
    if isinstance(found, Withdrawn) or found.article.slug != slug:
        return _to(slug)
    return dependencies.templates.page(request, "knowledge_paper.html", view=view_of(found, unit.city))


@router.post("/{slug}/mening", dependencies=IN_LANGUAGES)
async def feedback(
    request: Request,
    slug: str,
    dependencies: TheDependencies,
    web: TheWeb,
    client: ClientAddress,
    visitor: Visitor,
) -> Response:
    """Counted once for each who reads an edition; whoever says it again is thanked again."""
    await web.limiter.hit("article-feedback-client", client, REQUESTS_PER_CLIENT)
    form = await read_feedback(request)
    async with unit_of(request, dependencies.units) as unit:
        found = await find_readable(slug, unit)
        if isinstance(found, Withdrawn):
            return _to(slug)
        if form.data is None:
            return await _page(request, slug, dependencies, visitor, unit, form)
        who = str(visitor.person_id) if visitor else f"{client} {request.headers.get('user-agent', '')}"
        once = ("article-feedback", f"{who} {found.edition.id}", ONE_OF_EACH)
        try:
            await web.limiter.check(*once)
            await give_feedback(found.article.id, form.data.remark or "", unit, is_helpful=form.data.helpful)
        except TooManyRequests:
            return _thanks(slug)
        except TellsWhoItIs as tells:
            form.refuse_as(tells)
            return await _page(request, slug, dependencies, visitor, unit, form)
    await web.limiter.hit(*once)
    return _thanks(slug)


async def _page(
    request: Request,
    slug: str,
    dependencies: Dependencies,
    visitor: Session | None,
    unit: Unit,
    typed: Form[ArticleFeedbackForm] | None = None,
) -> Response:
    found = await find_readable(slug, unit)
    if isinstance(found, Withdrawn):
        pointer = view_of(found.pointer, unit.city) if found.pointer else None
        gone = {"reason": found.reason, "pointer": pointer}
        return dependencies.templates.page(request, "knowledge_gone.html", HTTPStatus.GONE, **gone)
    if found.article.slug != slug:
        return _to(found.article.slug, HTTPStatus.MOVED_PERMANENTLY)
    return dependencies.templates.page(
        request,
        "knowledge_article.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        view=view_of(found, unit.city),
        not_reviewed_since=not_reviewed_since(found, unit.city.day_of(unit.now), unit.city),
        form=typed or empty_form(ArticleFeedbackForm),
        may_propose=visitor is not None and visitor.role in MAY_HOST,
        may_organise=may_organise(visitor),
        is_thanked="bedankt" in request.query_params,
        reaches={"feedback": FEEDBACK, "begin": BEGIN},
    )


def _to(slug: str, status: int = HTTPStatus.SEE_OTHER) -> Response:
    return RedirectResponse(same_language(f"{KNOWLEDGE}/{slug}"), status_code=status)


def _thanks(slug: str) -> Response:
    return RedirectResponse(same_language(f"{KNOWLEDGE}/{slug}?bedankt=1"), status_code=HTTPStatus.SEE_OTHER)


def _by_kind(views: list[ArticleView]) -> list[tuple[str, list[ArticleView]]]:
    kinds = list(dict.fromkeys(one.kind for one in sorted(views, key=lambda one: one.order)))
    return [(kind, [one for one in views if one.kind == kind]) for kind in kinds]


def _shelved(one: Readable) -> ShelvedArticle:
    about = one.article.about
    return ShelvedArticle(
        title=one.edition.words.title,
        path=f"{KNOWLEDGE}/{one.article.slug}",
        is_aid=about.is_aid,
        categories=tuple(sorted(about.categories)),
        signals=tuple(sorted(about.signals)),
    )
