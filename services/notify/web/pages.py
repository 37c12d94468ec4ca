"""`/berichten`: what became of every message, what is stuck first, and a button to try again."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.commands import RetryMessage
from services.notify.domain.message import MessageState
from services.notify.handlers import retry_message
from services.notify.web import words
from services.notify.web.dependencies import TheDoors
from shared.access.sessions import signed_in
from shared.events.base import Role

SHOWN: Final = 100
PATH: Final = "/berichten"
router = APIRouter(prefix=PATH, dependencies=[Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))])


@router.get("")
async def messages(
    request: Request,
    doors: TheDoors,
    state: Annotated[MessageState | None, Query(alias="toestand")] = None,
    asked: Annotated[str, Query(alias="opnieuw", max_length=10)] = "",
) -> Response:
    """Everything that is stuck, each kind with its oldest; or, with `?toestand=`, everything in one state."""
    async with doors.units.begin() as unit:
        counts = {count.state: count for count in await unit.overview.counts()}
        found = await (unit.overview.in_state(state, SHOWN) if state else unit.overview.in_need(SHOWN))
        reasons = await unit.overview.reasons_to_wait()
        now = unit.now
    return doors.templates.page(
        request,
        "messages.html",
        figures=words.figures(counts),
        messages=[words.shown(message, now) for message in found],
        chosen=state,
        trouble=words.trouble(reasons),
        asked=bool(asked),
        path=PATH,
    )


@router.post("/{message_id}/opnieuw")
async def try_again(message_id: UUID, doors: TheDoors) -> Response:
    """Ask for another attempt."""
    async with doors.units.begin() as unit:
        await retry_message(RetryMessage(message_id), unit)
    return RedirectResponse(f"{PATH}?opnieuw=ja", status_code=303)
