"""One question: for whoever asks it, for the desk, and for everybody once it helped."""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.sparring import QuestionState
from services.community.domain.sparring_errors import QuestionNotFound
from services.community.handlers.sparring import Shown, show_question, whom_to_ask
from services.community.handlers.sparring_outcome import (
    it_did_not_help,
    it_helped,
    turn_into_request,
    withdraw_question,
)
from services.community.web.dependencies import Dependencies, MayHost, TheDependencies, Unit, is_at_the_desk
from services.community.web.pages.sparring_parts import UNNAMED, asker_of, who_are, with_names
from services.community.web.reaches_of_sparring import BASE, HELPED, TURN, WITHDRAW
from services.community.web.sparring_forms import (
    HelpedChoice,
    HelpedForm,
    PostedHelped,
    PostedRequest,
    RequestForm,
)
from services.community.web.words_of_sparring import ASKS, QUESTIONS, SKIPPED
from shared.access.sessions import Session
from shared.events.base import Horizon, Role
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form

HORIZONS: Final = [(Horizon.SHORT.value, "Voor nu"), (Horizon.LONG.value, "Voor langere tijd")]
NEW_REQUEST: Final = "/aanvragen/nieuw"
router = APIRouter(prefix=BASE)


@router.get("/{question_id}")
async def look(request: Request, question_id: UUID, dependencies: TheDependencies, session: MayHost) -> Response:
    """All of it that this person may read."""
    return await _page(request, question_id, dependencies, session)


@router.post("/{question_id}/geholpen")
async def helped(
    request: Request, question_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedHelped
) -> Response:
    """Yes, or others are asked."""
    if form.data is None:
        return await _page(request, question_id, dependencies, session, form)
    async with unit_of(request, dependencies.units) as unit:
        if form.data.choice is HelpedChoice.YES:
            await it_helped(question_id, session.person_id, unit, for_article=form.data.article)
        else:
            await it_did_not_help(question_id, session.person_id, unit)
    return _to(f"{BASE}/{question_id}")


@router.post("/{question_id}/aanvraag")
async def turn(
    request: Request, question_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedRequest
) -> Response:
    """On to a request: what it is about and for how long goes along, and nothing else."""
    if form.data is None or session.role is not Role.AMBASSADOR:
        return await _page(request, question_id, dependencies, session, form)
    async with unit_of(request, dependencies.units) as unit:
        question = await turn_into_request(question_id, session.person_id, unit)
    brought = urlencode({"category": question.expertise, "horizon": form.data.horizon.value})
    return _to(f"{NEW_REQUEST}?{brought}")


@router.post("/{question_id}/terug")
async def withdraw(question_id: UUID, session: MayHost, unit: Unit) -> Response:
    """Not any more."""
    await withdraw_question(question_id, session.person_id, unit)
    return _to(BASE)


def _to(path: str) -> Response:
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


def _must_see(found: Shown, session: Session) -> None:
    """Raises QuestionNotFound."""
    question = found.question
    is_asked = any(one.person_id == session.person_id for one in found.asks)
    own = question.person_id == session.person_id
    if not (own or is_asked or is_at_the_desk(session) or question.state is QuestionState.HELPED):
        raise QuestionNotFound


async def _page(
    request: Request,
    question_id: UUID,
    dependencies: Dependencies,
    session: Session,
    typed: Form[HelpedForm] | Form[RequestForm] | None = None,
) -> Response:
    at_desk = is_at_the_desk(session)
    async with unit_of(request, dependencies.units) as unit:
        found = await show_question(question_id, unit)
        _must_see(found, session)
        question, city = found.question, unit.city
        turned = await whom_to_ask(question, unit) if at_desk and question.is_open else None
    own, skipped = question.person_id == session.person_id, turned.skipped if turned else {}
    asker = question.person_id if at_desk else asker_of(question)
    # Once everybody can read it, nobody reads whose it was but those who were in it, and the desk.
    named = own or at_desk
    people = {asker, *skipped, *(one.person_id for one in (*found.asks, *found.answers) if named)}
    names = await who_are(people, dependencies)
    return dependencies.templates.page(
        request,
        "sparring_question.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        question=question,
        own=own,
        at_desk=at_desk,
        asker=names.get(asker) if named else None,
        state=QUESTIONS[question.state],
        about=city.categories.words(question.expertise),
        where=city.districts.words(question.district) if question.district else "",
        answers=with_names(found.answers, names),
        asks=[(names.get(one.person_id, UNNAMED), ASKS[one.state]) for one in found.asks] if at_desk else (),
        skipped=[(names.get(one, UNNAMED), SKIPPED[why]) for one, why in skipped.items()],
        typed=typed,
        helping=empty_form(HelpedForm),
        turning=empty_form(RequestForm),
        may_turn=own and question.is_open and session.role is Role.AMBASSADOR,
        horizons=HORIZONS,
        reaches={"helped": HELPED, "turn": TURN, "withdraw": WITHDRAW},
    )
