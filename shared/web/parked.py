"""The page of events that stand aside: why, since when, and a button to try again or to pass over.

What an event holds is shown as names of fields and as codes only; it never holds more (see `shared.events.base`).
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict

from shared.access.sessions import signed_in
from shared.events.base import Role
from shared.kernel.errors import Missing
from shared.privacy.audit import About, Action
from shared.unit_of_work import Parked, ParkedState, UnitOfWork, Units
from shared.web.auditing import id_in, unit_of
from shared.web.forms import read_form
from shared.web.pages import Templates

SHOWN: Final = 200
AUDITED_AS: Final = "parked-events"
DESK: Final = (Role.COORDINATOR, Role.OPERATOR)
_CODE: Final = re.compile(r"^[A-Za-z0-9:.+-]{1,40}$")
_HEADERS: Final = ("ce_type", "ce_sequence", "ce_source", "ce_time", "ce_correlationid", "ce_causationid")
STATES: Final[Mapping[ParkedState, tuple[str, str]]] = {
    ParkedState.FAILED: ("ging mis", "urgent"),
    ParkedState.BEHIND: ("wacht op een eerdere", "attention"),
    ParkedState.GAP: ("een eerdere ontbreekt", "attention"),
    ParkedState.RETRY: ("wordt opnieuw geprobeerd", "info"),
    ParkedState.SKIP: ("wordt overgeslagen", "info"),
}


class Wish(BaseModel):
    """What the person at the desk wants with it."""

    model_config = ConfigDict(extra="forbid")

    wish: ParkedState


def parked_router(path: str, units: Units[UnitOfWork], templates: Templates) -> APIRouter:
    """Routes `path`, `path/{event_id}`; for coordinators and operators.

    The id of a record whose own could not be read is its place, with slashes: `topic/partition/offset`.
    """
    router = APIRouter(prefix=path, include_in_schema=False, dependencies=[Depends(signed_in(*DESK))])

    @router.get("")
    async def everything(request: Request) -> Response:
        async with unit_of(request, units) as unit:
            parked = await unit.parking.all(SHOWN)
        return templates.page(request, "parked.html", parked=parked, states=STATES, path=path)

    @router.get("/{event_id:path}")
    async def one(request: Request, event_id: str) -> Response:
        async with unit_of(request, units) as unit:
            parked = _there(await unit.parking.get(event_id), unit)
        facts = [(name, parked.headers[name]) for name in _HEADERS if name in parked.headers]
        return templates.page(
            request,
            "parked_event.html",
            event=parked,
            states=STATES,
            path=path,
            facts=facts,
            fields=shown_fields(parked.value),
        )

    @router.post("/{event_id:path}")
    async def ask(request: Request, event_id: str) -> Response:
        form = await read_form(request, Wish)
        if form.data is not None and form.data.wish in (ParkedState.RETRY, ParkedState.SKIP):
            async with unit_of(request, units) as unit:
                _there(await unit.parking.get(event_id), unit)
                await unit.parking.mark(event_id, form.data.wish)
                unit.audit.record(Action.ADMINISTER, About.NOBODY, None, AUDITED_AS, reason=form.data.wish.value)
        return RedirectResponse(path, status_code=303)

    return router


def _there(parked: Parked | None, unit: UnitOfWork) -> Parked:
    if parked is None:
        raise Missing(
            "event-not-parked", "Dit bericht staat niet meer apart. Het is intussen verwerkt of overgeslagen."
        )
    # Mostly the case; else the person or the organisation, and then the line is found with that one.
    unit.audit.of_case(id_in(parked.subject))
    return parked


def shown_fields(value: bytes) -> list[tuple[str, str]]:
    """Names of fields, and their values when these are codes; free text is never shown."""
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        return [("(onleesbaar)", f"{len(value)} bytes")]
    if not isinstance(data, dict):
        return [("(onleesbaar)", f"{len(value)} bytes")]
    return [(_name(name), _code(inner)) for name, inner in sorted(data.items())]


def _name(name: str) -> str:
    return name if _CODE.match(name) else "(naam niet getoond)"


def _code(value: Any) -> str:  # noqa: ANN401 - any JSON
    if isinstance(value, bool | int | float) or value is None:
        return json.dumps(value)
    if isinstance(value, str):
        return value if _CODE.match(value) else "(niet getoond)"
    return f"{len(value)} onderdelen"
