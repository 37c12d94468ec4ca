"""One text in work: whoever wrote it reads it once more and hands it in; somebody else publishes it or says why not."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.article import Article, ArticleState
from services.community.domain.article_errors import EditionChanged
from services.community.domain.edition import Edition
from services.community.domain.example_errors import TellsWhoItIs
from services.community.handlers.knowledge import (
    Judge,
    approve_edition,
    check_edition,
    find_edition,
    join_edition,
    publish_at_once,
    rewrite_edition,
    send_back_edition,
    submit_edition,
)
from services.community.ports import CommunityUnit
from services.community.web import reaches_of_knowledge as reaches
from services.community.web.dependencies import (
    Coordinator,
    Dependencies,
    MayHost,
    TheDependencies,
    Unit,
    may_organise,
)
from services.community.web.edition_page import EditionPage
from services.community.web.knowledge_forms import (
    PostedArticle,
    PostedReadVersion,
    PostedSendBack,
    filled_in,
)
from services.community.web.pages.knowledge_proposals import show_form, to_edition
from services.community.web.reaches_of_knowledge import KNOWLEDGE, PROPOSALS
from shared.access.sessions import Session
from shared.web.forms import Form

router = APIRouter(prefix=PROPOSALS + "/{edition_id}")


def judge_of(session: Session) -> Judge:
    """This person, as somebody who decides."""
    return Judge(session.person_id, may_organise(session))


@router.get("")
async def edition(
    request: Request, edition_id: UUID, dependencies: TheDependencies, session: MayHost, unit: Unit
) -> Response:
    """All of it, what is hard to read in it, and what can be done with it."""
    return await EditionPage(request, dependencies, session, unit, edition_id).show()


@router.get("/wijzigen")
async def edit(
    request: Request, edition_id: UUID, dependencies: TheDependencies, _session: MayHost, unit: Unit
) -> Response:
    """The form with what stands there now."""
    article, found = await find_edition(edition_id, unit)
    return _form(request, dependencies, unit, article, found)


@router.post("/wijzigen")
async def rewrite(
    request: Request,
    edition_id: UUID,
    dependencies: TheDependencies,
    session: MayHost,
    form: PostedArticle,
    unit: Unit,
) -> Response:
    """Other words."""
    article, found = await find_edition(edition_id, unit)
    if form.data is None:
        return _form(request, dependencies, unit, article, found, form)
    await rewrite_edition(edition_id, form.data.words, form.data.about, session.person_id, unit)
    return to_edition(edition_id)


@router.post("/meedoen")
async def join(edition_id: UUID, session: MayHost, unit: Unit) -> Response:
    """Somebody writes along."""
    await join_edition(edition_id, session.person_id, unit)
    return to_edition(edition_id)


@router.post("/indienen")
async def submit(edition_id: UUID, session: MayHost, unit: Unit) -> Response:
    """Somebody else looks at it."""
    await submit_edition(edition_id, session.person_id, unit)
    return to_edition(edition_id)


@router.post("/terug")
async def send_back(
    request: Request,
    edition_id: UUID,
    dependencies: TheDependencies,
    session: MayHost,
    form: PostedSendBack,
    unit: Unit,
) -> Response:
    """Something has to change first."""
    if form.data is None:
        return await EditionPage(request, dependencies, session, unit, edition_id).show(form)
    try:
        await send_back_edition(edition_id, form.data.version, form.data.comment, judge_of(session), unit)
    except TellsWhoItIs as tells:
        form.refuse_as(tells)
        return await EditionPage(request, dependencies, session, unit, edition_id).show(form)
    except EditionChanged as changed:
        page = EditionPage(request, dependencies, session, unit, edition_id)
        return await page.show_change(form.data.version, changed)
    return to_edition(edition_id)


@router.post("/goedkeuren")
async def approve(
    request: Request,
    edition_id: UUID,
    dependencies: TheDependencies,
    session: MayHost,
    form: PostedReadVersion,
    unit: Unit,
) -> Response:
    """Everybody reads it."""
    if form.data is None:
        return await EditionPage(request, dependencies, session, unit, edition_id).show(form)
    try:
        slug = await approve_edition(edition_id, form.data.version, judge_of(session), unit)
    except EditionChanged as changed:
        page = EditionPage(request, dependencies, session, unit, edition_id)
        return await page.show_change(form.data.version, changed)
    return _to_article(slug)


@router.post("/meteen")
async def at_once(
    request: Request,
    edition_id: UUID,
    dependencies: TheDependencies,
    session: Coordinator,
    form: PostedReadVersion,
    unit: Unit,
) -> Response:
    """It cannot wait."""
    if form.data is None:
        return await EditionPage(request, dependencies, session, unit, edition_id).show(form)
    try:
        slug = await publish_at_once(edition_id, form.data.version, session.person_id, unit)
    except EditionChanged as changed:
        page = EditionPage(request, dependencies, session, unit, edition_id)
        return await page.show_change(form.data.version, changed)
    return _to_article(slug)


@router.post("/nagekeken")
async def check(edition_id: UUID, session: MayHost, unit: Unit) -> Response:
    """Somebody looked at what was published at once."""
    await check_edition(edition_id, judge_of(session), unit)
    return to_edition(edition_id)


def _to_article(slug: str) -> Response:
    return RedirectResponse(f"{KNOWLEDGE}/{slug}", status_code=HTTPStatus.SEE_OTHER)


def _form(
    request: Request,
    dependencies: Dependencies,
    unit: CommunityUnit,
    article: Article,
    found: Edition,
    typed: Form[Any] | None = None,
) -> Response:
    return show_form(
        request,
        dependencies,
        unit.city,
        typed or filled_in(article, found.words),
        HTTPStatus.BAD_REQUEST if typed else HTTPStatus.OK,
        reach=reaches.REWRITE,
        about_too=article.state is ArticleState.PROPOSED,
        back=f"{PROPOSALS}/{found.id}",
    )
