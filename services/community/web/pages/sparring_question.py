"""One question: for whoever asks it, for the desk, and for everybody once it helped."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final
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
from services.community.web.reaches_of_sparring import BASE, HELPED, TURN, WITHDRAW
from services.community.web.sparring_forms import (
    HelpedChoice,
    HelpedForm,
    PostedHelped,
    PostedRequest,
    RequestForm,
)
from services.community.web.sparring_views import UNNAMED, who_are, with_names
from services.community.web.words_of_sparring import ASKS, QUESTIONS, SKIPPED
from shared.access.sessions import Session
from shared.events.base import Horizon, Role
from shared.web.auditing import unit_of
from shared.web.forms import Form, typed_or_empty

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


def _must_see(found: Shown, session: Session, *, to_change: bool) -> None:
    """Raises QuestionNotFound."""
    question = found.question
    is_asked = any(one.person_id == session.person_id for one in found.asks)
    own = question.person_id == session.person_id
    may_look = is_asked or is_at_the_desk(session) or question.state is QuestionState.HELPED
    if not own and (to_change or not may_look):
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
        _must_see(found, session, to_change=typed is not None)
        skipped = (await whom_to_ask(found.question, unit)).skipped if at_desk else {}
    names = await who_are(_to_name(found, session, skipped), dependencies)
    return dependencies.templates.page(
        request,
        "sparring_question.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        question=found.question,
        own=found.question.person_id == session.person_id,
        at_desk=at_desk,
        asker=names.get(found.question.person_id),
        state=QUESTIONS[found.question.state],
        answers=with_names(found.answers, names),
        asks=[(names.get(one.person_id, UNNAMED), ASKS[one.state]) for one in found.asks],
        skipped=[(names.get(one, UNNAMED), SKIPPED[why]) for one, why in skipped.items()],
        may_turn=session.role is Role.AMBASSADOR,
        **_forms(typed),
    )


def _forms(typed: Form[HelpedForm] | Form[RequestForm] | None) -> dict[str, Any]:
    return {
        "typed": typed,
        "helping": typed_or_empty(typed, HelpedForm),
        "turning": typed_or_empty(typed, RequestForm),
        "horizons": HORIZONS,
        "reaches": {"helped": HELPED, "turn": TURN, "withdraw": WITHDRAW},
    }


def _to_name(found: Shown, session: Session, skipped: Iterable[UUID]) -> list[UUID | None]:
    """Whom this person may read: the desk everybody, whoever asks who answered, and others nobody."""
    answered = [one.person_id for one in found.answers]
    if is_at_the_desk(session):
        return [found.question.person_id, *answered, *(one.person_id for one in found.asks), *skipped]
    return answered if found.question.person_id == session.person_id else []
