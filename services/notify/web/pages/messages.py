"""`/berichten`: what became of every message, what is stuck first, and a button to try again."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.domain.message import MessageState
from services.notify.handlers.messages import retry_message
from services.notify.web import words
from services.notify.web.dependencies import TheDependencies, Unit
from shared.access.sessions import signed_in
from shared.events.base import Role
from shared.web.reach import Reach

SHOWN: Final = 100
PATH: Final = "/berichten"
RETRY: Final = Reach(
    f"POST {PATH}/{{message_id}}/opnieuw",
    note="De mail gaat nog een keer naar dezelfde persoon.",
)
router = APIRouter(prefix=PATH, dependencies=[Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))])


@router.get("")
async def messages(
    request: Request,
    dependencies: TheDependencies,
    unit: Unit,
    state: Annotated[MessageState | None, Query(alias="toestand")] = None,
    asked: Annotated[str, Query(alias="opnieuw", max_length=10)] = "",
) -> Response:
    """Everything that is stuck, each kind with its oldest; or, with `?toestand=`, everything in one state."""
    counts = {count.state: count for count in await unit.overview.count_by_state()}
    shown = await (unit.overview.list_in_state(state, SHOWN) if state else unit.overview.list_in_need(SHOWN))
    return dependencies.templates.page(
        request,
        "messages.html",
        figures=words.figures(counts),
        messages=[words.shown(message, unit.now, unit.city) for message in shown],
        chosen=state,
        trouble=words.trouble(await unit.overview.list_reasons_to_wait()),
        asked=bool(asked),
        path=PATH,
        retry=RETRY,
    )


@router.post("/{message_id}/opnieuw")
async def try_again(message_id: UUID, unit: Unit) -> Response:
    """Ask for another attempt."""
    await retry_message(message_id, unit)
    return RedirectResponse(f"{PATH}?opnieuw=ja", status_code=HTTPStatus.SEE_OTHER)
