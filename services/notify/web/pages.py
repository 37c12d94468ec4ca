"""`/berichten`: what became of every message, what is stuck first, and a button to try again."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.commands import RetryMessage
from services.notify.domain.message import MessageState
from services.notify.handlers import retry_message
from services.notify.ports import NotifyUnit
from services.notify.web import words
from shared.access.sessions import signed_in
from shared.events.base import Role
from shared.unit_of_work import Units
from shared.web.pages import Templates

SHOWN = 100
DESK = (Role.COORDINATOR, Role.OPERATOR)
PATH = "/berichten"


def pages(units: Units[NotifyUnit], templates: Templates) -> APIRouter:
    """The page and its button, for coordinators and operators."""
    router = APIRouter(prefix=PATH, dependencies=[Depends(signed_in(*DESK))])

    @router.get("")
    async def overview(
        request: Request,
        toestand: Annotated[MessageState | None, Query()] = None,
        opnieuw: Annotated[str, Query(max_length=10)] = "",
    ) -> Response:
        async with units.begin() as unit:
            counts = {count.state: count for count in await unit.overview.counts()}
            found = await (unit.overview.in_state(toestand, SHOWN) if toestand else unit.overview.in_need(SHOWN))
            now = unit.now
        return templates.page(
            request,
            "messages.html",
            figures=words.figures(counts),
            messages=[words.shown(message, now) for message in found],
            chosen=toestand,
            trouble=words.trouble(found),
            asked=bool(opnieuw),
            path=PATH,
        )

    @router.post("/{message_id}/opnieuw")
    async def try_again(message_id: UUID) -> Response:
        async with units.begin() as unit:
            await retry_message(RetryMessage(message_id), unit)
        return RedirectResponse(f"{PATH}?opnieuw=ja", status_code=303)

    return router
