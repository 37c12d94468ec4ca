"""Whoever answered says whether question and answer may become an article; whoever asked agreed already."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example_errors import TellsWhoItIs
from services.community.handlers.sparring_outcome import agree_on_article, find_answer, keep_between_us
from services.community.web.dependencies import Dependencies, MayHost, TheDependencies, Unit
from services.community.web.reaches_of_knowledge import KNOWLEDGE
from services.community.web.reaches_of_sparring import ARTICLE, BASE
from services.community.web.sparring_forms import ArticleChoice, ArticleConsentForm, PostedArticleConsent
from services.community.web.sparring_views import names_in
from shared.access.sessions import Session
from shared.web.forms import Form, empty_form

router = APIRouter(prefix=f"{BASE}/artikel")


@router.get("/{answer_id}")
async def look(
    request: Request, answer_id: UUID, dependencies: TheDependencies, session: MayHost, unit: Unit
) -> Response:
    """What it would say."""
    return await _page(request, answer_id, dependencies, session, unit, empty_form(ArticleConsentForm))


@router.post("/{answer_id}")
async def choose(
    request: Request,
    answer_id: UUID,
    dependencies: TheDependencies,
    session: MayHost,
    form: PostedArticleConsent,
    unit: Unit,
) -> Response:
    """Yes, after the check on persons was done again; or no."""
    if form.data is None:
        return await _page(request, answer_id, dependencies, session, unit, form)
    if form.data.choice is ArticleChoice.KEEP:
        await keep_between_us(answer_id, session.person_id, unit)
        return RedirectResponse(BASE, status_code=HTTPStatus.SEE_OTHER)
    try:
        edition_id = await agree_on_article(answer_id, session.person_id, unit, form.data.noNames)
    except TellsWhoItIs as refusal:
        form.refuse_as(refusal)
        return await _page(request, answer_id, dependencies, session, unit, form, names_in(refusal))
    goes_on = f"{KNOWLEDGE}/voorstellen/{edition_id}" if edition_id else KNOWLEDGE
    return RedirectResponse(goes_on, status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    answer_id: UUID,
    dependencies: Dependencies,
    session: Session,
    unit: Unit,
    form: Form[ArticleConsentForm],
    names: tuple[str, ...] = (),
) -> Response:
    answer, question = await find_answer(answer_id, session.person_id, unit)
    return dependencies.templates.page(
        request,
        "sparring_article.html",
        HTTPStatus.BAD_REQUEST if form.is_wrong else HTTPStatus.OK,
        answer=answer,
        question=question,
        form=form,
        names=names,
        reach=ARTICLE,
    )
