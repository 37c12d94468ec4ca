"""`/sparren`: whoever works in the network asks colleagues, sees what is asked of them, and says what they know of."""

from collections.abc import Sequence
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example_errors import TellsWhoItIs
from services.community.domain.sparring import Answer, Question
from services.community.handlers.sparring import ask_colleagues, asked_of
from services.community.handlers.sparring_outcome import alike, be_asked
from services.community.web.dependencies import Dependencies, MayHost, TheDependencies, Unit, is_at_the_desk
from services.community.web.reaches_of_sparring import ASK, BASE, BE_ASKED
from services.community.web.sparring_forms import (
    AskChoice,
    PartnerChoice,
    PartnerForm,
    PostedPartner,
    PostedQuestion,
    QuestionForm,
)
from services.community.web.sparring_views import names_in
from services.community.web.words_of_sparring import QUESTIONS
from shared.access.sessions import Session
from shared.web.forms import Form, empty_form

router = APIRouter(prefix=BASE)


@router.get("")
async def mine(request: Request, dependencies: TheDependencies, session: MayHost, unit: Unit) -> Response:
    """What this person asked, what is asked of them, and for the desk what nobody answered."""
    at_desk = is_at_the_desk(session)
    return dependencies.templates.page(
        request,
        "sparring.html",
        mine=[(one, QUESTIONS[one.state]) for one in await unit.questions.list_of_person(session.person_id)],
        of_me=await asked_of(session.person_id, unit),
        is_asked=await unit.partners.get(session.person_id) is not None,
        at_desk=at_desk,
        unanswered=await unit.questions.list_at_desk() if at_desk else (),
    )


@router.get("/vraag")
async def begin(request: Request, dependencies: TheDependencies, _session: MayHost, unit: Unit) -> Response:
    """An empty form."""
    form = empty_form(QuestionForm, language=unit.city.language)
    return await _ask_page(request, dependencies, form, unit, HTTPStatus.OK)


@router.post("/vraag")
async def ask(
    request: Request, dependencies: TheDependencies, session: MayHost, form: PostedQuestion, unit: Unit
) -> Response:
    """First what was answered before, when there is any; then colleagues get a mail."""
    if form.data is None:
        return await _ask_page(request, dependencies, form, unit)
    found = await alike(form.data.text, unit) if form.data.choice is AskChoice.LOOK else []
    if found:
        return await _ask_page(request, dependencies, form, unit, HTTPStatus.OK, found=found)
    try:
        question_id = await ask_colleagues(form.data.command, session.person_id, unit)
    except TellsWhoItIs as refusal:
        form.refuse_as(refusal)
        return await _ask_page(request, dependencies, form, unit, names=names_in(refusal))
    return RedirectResponse(f"{BASE}/{question_id}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/meedenken")
async def knows(request: Request, dependencies: TheDependencies, session: MayHost, unit: Unit) -> Response:
    """What this person said that they know of."""
    return await _partner_page(request, dependencies, session, None, unit)


@router.post("/meedenken")
async def say(
    request: Request, dependencies: TheDependencies, session: MayHost, form: PostedPartner, unit: Unit
) -> Response:
    """From now on they are asked, not for a while, or no more."""
    if form.data is not None and form.data.choice is PartnerChoice.STOP:
        await unit.partners.remove(session.person_id)
        return RedirectResponse(BASE, status_code=HTTPStatus.SEE_OTHER)
    if form.data is not None:
        for name in ("expertise", "languages"):
            if not getattr(form.data, name):
                form.refuse(name, "Kies er een of meer.")
    if form.data is None or form.is_wrong:
        return await _partner_page(request, dependencies, session, form, unit)
    await be_asked(form.data.partner(session.person_id), unit)
    return RedirectResponse(BASE, status_code=HTTPStatus.SEE_OTHER)


async def _ask_page(
    request: Request,
    dependencies: Dependencies,
    form: Form[QuestionForm],
    unit: Unit,
    status: int = HTTPStatus.BAD_REQUEST,
    *,
    found: Sequence[tuple[Question, Sequence[Answer]]] = (),
    names: Sequence[str] = (),
) -> Response:
    return dependencies.templates.page(
        request,
        "sparring_ask.html",
        status,
        form=form,
        categories=unit.city.categories_in_groups(),
        districts=unit.city.districts.options,
        languages=unit.city.languages.options,
        at_once=unit.city.sparring.ask_at_once,
        found=found,
        names=names,
        reach=ASK,
    )


async def _partner_page(
    request: Request, dependencies: Dependencies, session: Session, typed: Form[PartnerForm] | None, unit: Unit
) -> Response:
    known = await unit.partners.get(session.person_id)
    told = {"expertise": known.expertise, "districts": known.districts, "languages": known.languages} if known else {}
    language = {} if known else {"languages": [unit.city.language]}
    paused = {"pausedUntil": known.paused_until} if known and known.paused_until else {}
    return dependencies.templates.page(
        request,
        "sparring_partner.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed or empty_form(PartnerForm, **told, **language, **paused),
        is_asked=known is not None,
        categories=unit.city.categories.options,
        districts=unit.city.districts.options,
        languages=unit.city.languages.options,
        per_week=unit.city.sparring.asks_per_week,
        reach=BE_ASKED,
    )
