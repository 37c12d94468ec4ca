"""`/gezichten/drukte`: what somebody has in hand and how much they want; and whom to ask how it goes."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.handlers.check_ins import ask_for_an_ear, list_check_ins, tick_check_in
from services.community.handlers.load import list_at_limit, set_own_limit, show_own_load
from services.community.web.care_forms import LoadForm, PostedLoad
from services.community.web.dependencies import AtTheDesk, Dependencies, MayFollow, TheDependencies, Unit, may_organise
from services.community.web.reaches_of_care import CARE, CHECK_IN, EAR, LOAD
from shared.access.sessions import Session
from shared.web.auditing import unit_of
from shared.web.forms import Form, typed_or_empty

PAGE: Final = f"{CARE}/drukte"
NO_NAME: Final = "Iemand uit het netwerk"
router = APIRouter(prefix=PAGE)


@router.get("")
async def mine(request: Request, dependencies: TheDependencies, session: MayFollow) -> Response:
    """What waits for this person, and whom they can ask how it goes."""
    return await _mine(request, dependencies, session)


@router.post("")
async def choose(request: Request, dependencies: TheDependencies, session: MayFollow, form: PostedLoad) -> Response:
    """So much, and rest up to and with a day."""
    if form.data is None:
        return await _mine(request, dependencies, session, form)
    async with unit_of(request, dependencies.units) as unit:
        await set_own_limit(session.person_id, form.data.limit, form.data.pausedUntil, unit)
    return _to("?gelukt=bewaard")


@router.post("/oor")
async def ask_for_ear(session: MayFollow, unit: Unit) -> Response:
    """Somebody calls this person, to listen."""
    await ask_for_an_ear(session.person_id, unit)
    return _to("?gelukt=gevraagd")


@router.post("/gevraagd/{person_id}")
async def asked(person_id: UUID, session: MayFollow, unit: Unit) -> Response:
    """They talked."""
    await tick_check_in(person_id, session.person_id, unit, at_the_desk=may_organise(session))
    return _to("?gelukt=gedaan")


@router.get("/netwerk")
async def at_limit(request: Request, dependencies: TheDependencies, _session: AtTheDesk) -> Response:
    """Whom nobody asks anything new now, by name; how much they do is theirs."""
    async with unit_of(request, dependencies.units) as unit:
        people = await list_at_limit(unit)
    known = await dependencies.people.read_people(people)
    names = sorted(known[one].name if one in known else NO_NAME for one in people)
    return dependencies.templates.page(request, "at_limit.html", names=names)


def _to(said: str) -> Response:
    return RedirectResponse(f"{PAGE}{said}", status_code=HTTPStatus.SEE_OTHER)


async def _mine(
    request: Request, dependencies: Dependencies, session: Session, typed: Form[LoadForm] | None = None
) -> Response:
    at_the_desk = may_organise(session)
    async with unit_of(request, dependencies.units) as unit:
        own = await show_own_load(session.person_id, unit)
        check_ins = await list_check_ins(session.person_id, unit, at_the_desk=at_the_desk)
    known = await dependencies.people.read_people([one.person_id for one in check_ins])
    until = f"{own.load.paused_until:%d-%m-%Y}" if own.load.paused_until and own.rests else ""
    return dependencies.templates.page(
        request,
        "load.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed_or_empty(typed, LoadForm, limit=str(own.limit), pausedUntil=until),
        own=own,
        check_ins=[(one, known.get(one.person_id)) for one in check_ins],
        no_name=NO_NAME,
        at_the_desk=at_the_desk,
        said=request.query_params.get("gelukt"),
        reaches={"load": LOAD, "ear": EAR, "check_in": CHECK_IN},
    )
