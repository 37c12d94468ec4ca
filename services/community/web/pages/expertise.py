"""Whoever has experience of their own says that they may be asked, and answers; the desk asks, and settles thanks."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.expertise import AskState
from services.community.handlers.expertise import (
    agree_as_expert,
    ask_expert,
    decline_as_expert,
    join_experts,
    settle_thanks,
    show_asks,
    stop_as_expert,
)
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.preparing import show_preparations
from services.community.web.dependencies import Coordinator, Dependencies, MayHost, TheDependencies, Unit
from services.community.web.expertise_forms import AskChoice, AskForm, PostedAnswer, PostedAsk
from services.community.web.in_turn_forms import InTurnChoice, InTurnForm, PostedInTurn
from services.community.web.reaches import ANSWER_AS_EXPERT, ASK_EXPERT, BASE, EXPERT, SETTLE_THANKS
from services.community.web.views import view_of, views_of
from shared.access.sessions import Session
from shared.web.forms import Form, empty_form, typed_or_empty

PAGE: Final = f"{BASE}/ervaring"
ANSWERS: Final = {AskChoice.AGREE: agree_as_expert, AskChoice.DECLINE: decline_as_expert}
router = APIRouter(prefix=BASE)


@router.get("/ervaring")
async def mine(request: Request, dependencies: TheDependencies, session: MayHost, unit: Unit) -> Response:
    """What is asked of this person, and whether they want to be asked."""
    return await _mine(request, dependencies, empty_form(InTurnForm), session, unit)


@router.post("/ervaring")
async def choose(
    request: Request, dependencies: TheDependencies, session: MayHost, form: PostedInTurn, unit: Unit
) -> Response:
    """From now on, not for a while, or no more."""
    if form.data is None:
        return await _mine(request, dependencies, form, session, unit, HTTPStatus.BAD_REQUEST)
    if form.data.choice is InTurnChoice.STOP:
        await stop_as_expert(session.person_id, unit)
    else:
        await join_experts(session.person_id, unit, form.data.paused_until)
    return _to(PAGE)


@router.post("/ervaring/{ask_id}")
async def answer(
    request: Request, ask_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedAnswer, unit: Unit
) -> Response:
    """Yes or no."""
    if form.data is None:
        return await _mine(request, dependencies, empty_form(InTurnForm), session, unit, HTTPStatus.BAD_REQUEST)
    await ANSWERS[form.data.choice](ask_id, session.person_id, unit)
    return _to(PAGE)


@router.post("/ervaring/{ask_id}/geregeld")
async def settle(ask_id: UUID, _session: Coordinator, unit: Unit) -> Response:
    """They got what was promised."""
    return _to(f"{BASE}/{await settle_thanks(ask_id, unit)}/ervaring")


@router.get("/{gathering_id}/ervaring")
async def experts(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """Who said yes, how many are asked, and a form to ask one more."""
    return await _desk(request, gathering_id, dependencies, unit)


@router.post("/{gathering_id}/ervaring")
async def ask(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedAsk,
    unit: Unit,
) -> Response:
    """Whoever's turn it is gets a mail."""
    if form.data is None:
        return await _desk(request, gathering_id, dependencies, unit, form)
    await ask_expert(gathering_id, form.data.thanks, unit)
    return _to(f"{BASE}/{gathering_id}/ervaring")


def _to(path: str) -> Response:
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


async def _desk(
    request: Request, gathering_id: UUID, dependencies: Dependencies, unit: Unit, typed: Form[AskForm] | None = None
) -> Response:
    gathering = await find_gathering(gathering_id, unit)
    asks = await unit.expert_asks.list_of(gathering_id)
    return dependencies.templates.page(
        request,
        "experts.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed_or_empty(typed, AskForm),
        view=view_of(gathering, {}, unit.city),
        # Only who said yes: who did not is nobody's business.
        agreed=[one for one in asks if one.state is AskState.AGREED],
        waiting=sum(one.state is AskState.ASKED for one in asks),
        is_prepared=bool(await show_preparations(gathering_id, unit)),
        may_ask=gathering.is_ahead(unit.now),
        may_settle=gathering.has_begun(unit.now),
        reaches={"ask": ASK_EXPERT, "settle": SETTLE_THANKS},
    )


async def _mine(
    request: Request,
    dependencies: Dependencies,
    form: Form[InTurnForm],
    session: Session,
    unit: Unit,
    status: int = HTTPStatus.OK,
) -> Response:
    expert, asks = await show_asks(session.person_id, unit)
    views = await views_of([gathering for _, gathering in asks], unit)
    return dependencies.templates.page(
        request,
        "expert.html",
        status,
        form=form,
        expert=expert,
        rests=expert is not None and not expert.may_be_asked(unit.city.day_of(unit.now)),
        asks=[(ask, view) for (ask, _), view in zip(asks, views, strict=True)],
        at_most=unit.city.gatherings.expert_asks_per_quarter,
        reach=EXPERT,
        answer=ANSWER_AS_EXPERT,
    )
