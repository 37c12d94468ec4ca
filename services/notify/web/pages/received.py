"""`/berichten/ontvangen`: which mails came in, and what came of each; not what they said."""

from typing import Final

from fastapi import APIRouter, Depends, Request, Response

from services.notify.handlers.receiving import RECEIVED_KEPT_FOR
from services.notify.web.dependencies import TheDependencies
from services.notify.web.received_words import figures_of, shown_received
from shared.access.sessions import signed_in
from shared.events.base import Role
from shared.web.auditing import unit_of

PATH: Final = "/berichten/ontvangen"
SHOWN: Final = 100
router = APIRouter(prefix=PATH, dependencies=[Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))])


@router.get("")
async def received(request: Request, dependencies: TheDependencies) -> Response:
    """The newest first, and how many ended how."""
    async with unit_of(request, dependencies.units) as unit:
        mails = await unit.received.list_newest(SHOWN)
        counts = await unit.received.count_by_outcome(unit.now - RECEIVED_KEPT_FOR)
    people = await dependencies.people.read_people({mail.person_id for mail in mails if mail.person_id})
    return dependencies.templates.page(
        request,
        "received.html",
        figures=figures_of(counts),
        mails=[shown_received(mail, people) for mail in mails],
        is_on=bool(dependencies.replies.mailbox),
        mailbox=dependencies.replies.mailbox,
        above="/berichten",
    )
