"""`/kennisbank/voorstellen`: what is in work, a new proposal, and another text for an article that is read."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.article_errors import ArticleNotFound, EditionInWork
from services.community.handlers.knowledge import begin_edition, propose_article
from services.community.handlers.knowledge_reading import Withdrawn, find_readable
from services.community.handlers.knowledge_reviews import list_unchecked
from services.community.web.dependencies import MayHost, TheDependencies, Unit, may_organise
from services.community.web.knowledge_forms import ArticleForm, PostedArticle
from services.community.web.knowledge_views import views_of
from services.community.web.knowledge_words import KINDS, STATES
from services.community.web.reaches_of_knowledge import KNOWLEDGE, PROPOSALS, PROPOSE
from shared.kernel.city import City
from shared.web.forms import Form, empty_form

router = APIRouter(prefix=KNOWLEDGE)


@router.get("/voorstellen")
async def proposals(request: Request, dependencies: TheDependencies, session: MayHost, unit: Unit) -> Response:
    """What people work on, and what was published and not looked at yet."""
    in_work = await unit.editions.list_in_work()
    return dependencies.templates.page(
        request,
        "knowledge_proposals.html",
        proposals=[(one, STATES[one.state], session.person_id in one.author_ids) for one in in_work],
        unchecked=views_of(await list_unchecked(unit), unit.city) if may_organise(session) else (),
        today=unit.city.day_of(unit.now),
    )


@router.get("/nieuw")
async def new(request: Request, dependencies: TheDependencies, _session: MayHost, unit: Unit) -> Response:
    """An empty form."""
    return show_form(request, dependencies, unit.city, empty_form(ArticleForm))


@router.post("/nieuw")
async def propose(
    request: Request, dependencies: TheDependencies, session: MayHost, form: PostedArticle, unit: Unit
) -> Response:
    """Kept as a draft; whoever wrote it reads it once more and hands it in."""
    if form.data is None:
        return show_form(request, dependencies, unit.city, form, HTTPStatus.BAD_REQUEST)
    return to_edition(await propose_article(form.data.words, form.data.about, session.person_id, unit))


@router.post("/{slug}/voorstel")
async def begin(slug: str, session: MayHost, unit: Unit) -> Response:
    """Another text; or along with whoever works on it already."""
    found = await find_readable(slug, unit)
    if isinstance(found, Withdrawn):
        raise ArticleNotFound
    try:
        return to_edition(await begin_edition(found.article.id, session.person_id, unit))
    except EditionInWork as known:
        return to_edition(known.edition_id)


def to_edition(edition_id: UUID) -> Response:
    """Its page."""
    return RedirectResponse(f"{PROPOSALS}/{edition_id}", status_code=HTTPStatus.SEE_OTHER)


def show_form(
    request: Request,
    dependencies: TheDependencies,
    city: City,
    form: Form[ArticleForm],
    status: int = HTTPStatus.OK,
    **more: Any,  # noqa: ANN401 - what else the template shows
) -> Response:
    """The form of an article."""
    shown: dict[str, Any] = {"reach": PROPOSE, "about_too": True, "back": PROPOSALS}
    return dependencies.templates.page(
        request, "knowledge_form.html", status, form=form, **about_choices(city), **shown | more
    )


def about_choices(city: City) -> dict[str, Any]:
    """What an article can be about."""
    return {
        "kinds": [(kind.value, words) for kind, words in KINDS.items()],
        "categories": city.categories.options,
        "signals": city.signals.options,
    }
