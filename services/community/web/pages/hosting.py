"""Whoever wants to host now and then says so, and answers when it is their turn; the desk asks for hosts."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.handlers.hosting import (
    accept_turn,
    ask_hosts,
    decline_turn,
    join_hosts,
    show_turns,
    stop_hosting,
    swap_turn,
)
from services.community.web.dependencies import Coordinator, Dependencies, MayHost, TheDependencies, Unit
from services.community.web.hosting_forms import PostedTurn, TurnChoice
from services.community.web.in_turn_forms import InTurnChoice, InTurnForm, PostedInTurn
from services.community.web.reaches import ANSWER_TURN, BASE, HOST, SWAP_TURN
from services.community.web.views import views_of
from shared.access.sessions import Session
from shared.web.forms import Form, empty_form

PAGE: Final = f"{BASE}/gastheer"
STEPS: Final = {
    TurnChoice.ACCEPT: accept_turn,
    TurnChoice.DECLINE: decline_turn,
    TurnChoice.SWAP: swap_turn,
}
router = APIRouter(prefix=BASE)


@router.get("/gastheer")
async def mine(request: Request, dependencies: TheDependencies, session: MayHost, unit: Unit) -> Response:
    """What is asked of this person, and whether they want to be asked."""
    return await _page(request, dependencies, empty_form(InTurnForm), session, unit)


@router.post("/gastheer")
async def choose(
    request: Request, dependencies: TheDependencies, session: MayHost, form: PostedInTurn, unit: Unit
) -> Response:
    """From now on, not for a while, or no more."""
    if form.data is None:
        return await _page(request, dependencies, form, session, unit, HTTPStatus.BAD_REQUEST)
    if form.data.choice is InTurnChoice.STOP:
        await stop_hosting(session.person_id, unit)
    else:
        await join_hosts(session.person_id, session.organisation_id, unit, form.data.paused_until)
    return RedirectResponse(PAGE, status_code=HTTPStatus.SEE_OTHER)


@router.post("/gastheer/{turn_id}")
async def answer(
    request: Request, turn_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedTurn, unit: Unit
) -> Response:
    """Yes, no, or somebody else instead."""
    if form.data is None:
        return await _page(request, dependencies, empty_form(InTurnForm), session, unit, HTTPStatus.BAD_REQUEST)
    await STEPS[form.data.choice](turn_id, session.person_id, unit)
    return RedirectResponse(PAGE, status_code=HTTPStatus.SEE_OTHER)


@router.post("/{gathering_id}/gastheren")
async def ask(gathering_id: UUID, _session: Coordinator, unit: Unit) -> Response:
    """Whoever's turn it is gets a mail."""
    await ask_hosts(gathering_id, unit)
    return RedirectResponse(f"{BASE}/{gathering_id}", status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    dependencies: Dependencies,
    form: Form[InTurnForm],
    session: Session,
    unit: Unit,
    status: int = HTTPStatus.OK,
) -> Response:
    host, turns = await show_turns(session.person_id, unit)
    views = await views_of([gathering for _, gathering in turns], unit)
    return dependencies.templates.page(
        request,
        "hosting.html",
        status,
        form=form,
        host=host,
        rests=host is not None and not host.may_be_asked(unit.city.day_of(unit.now)),
        turns=[(turn, view) for (turn, _), view in zip(turns, views, strict=True)],
        reach=HOST,
        answer=ANSWER_TURN,
        swap=SWAP_TURN,
    )
