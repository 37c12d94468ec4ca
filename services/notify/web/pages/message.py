"""`/berichten/{id}`: one mail: whether it arrived, when, what it said, and once more."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.domain.errors import MessageNotFound
from services.notify.domain.letter import Reading
from services.notify.domain.message import Message
from services.notify.domain.repeating import can_be_said_again
from services.notify.handlers.messages import retry_message, send_again, why_over
from services.notify.web import words
from services.notify.web.dependencies import Dependencies, TheDependencies, Unit
from services.notify.web.pages.messages import PATH
from shared.access.sessions import signed_in
from shared.events.base import Role
from shared.events.http import KnownPerson, Mentioned
from shared.events.vocabulary import mails
from shared.web.reach import Reach

ONLY_WHILE_TRUE: Final = "Is wat erin staat voorbij, of gaat iemand anders er nu over? Dan gaat hij niet weg."
RETRY: Final = Reach(
    f"POST {PATH}/{{message_id}}/opnieuw",
    note=f"De mail gaat nog een keer naar dezelfde persoon. {ONLY_WHILE_TRUE}",
)
AGAIN: Final = Reach(
    f"POST {PATH}/{{message_id}}/nog-een-keer",
    # Whichever mail it is.
    perhaps=tuple(mails()),
    note=f"Dezelfde mail gaat nog een keer naar dezelfde persoon. {ONLY_WHILE_TRUE}",
)
# Matching is away, or does not know the reader any more.
NAMELESS: Final = "…"
router = APIRouter(prefix=PATH, dependencies=[Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))])


@router.get("/{message_id}")
async def show(
    request: Request,
    dependencies: TheDependencies,
    message_id: UUID,
    asked: Annotated[str, Query(alias="opnieuw", max_length=10)] = "",
) -> Response:
    """What became of it, and what it said: from its facts, with the names of now."""
    async with dependencies.units.begin() as unit:
        message = await unit.overview.read(message_id)
        if message is None:
            raise MessageNotFound
        now, city, over = unit.now, unit.city, await why_over(message, unit)
    named = {person for one in (message, *message.parts) for person in one.draft.people}
    people = await dependencies.people.read_people([message.draft.recipient_id, *sorted(named)])
    reader = people.get(message.draft.recipient_id)
    return dependencies.templates.page(
        request,
        "message.html",
        message=words.shown(message, now, city),
        parts=[words.shown(part, now, city) for part in message.parts],
        reader=reader,
        reading=_reading(message, reader, people.values(), dependencies),
        case_id=message.draft.case_id,
        why_over=words.REASONS[over] if over else None,
        can_be_said_again=can_be_said_again(message, now),
        asked=bool(asked),
        path=PATH,
        retry=RETRY,
        again=AGAIN,
    )


@router.post("/{message_id}/opnieuw")
async def try_again(message_id: UUID, unit: Unit) -> Response:
    """Ask for another attempt."""
    await retry_message(message_id, unit)
    return _to(message_id)


@router.post("/{message_id}/nog-een-keer")
async def say_again(message_id: UUID, unit: Unit) -> Response:
    """Ask for the same mail once more."""
    return _to(await send_again(message_id, unit))


def _to(message_id: UUID) -> Response:
    return RedirectResponse(f"{PATH}/{message_id}?opnieuw=ja", status_code=HTTPStatus.SEE_OTHER)


def _reading(
    message: Message, reader: KnownPerson | None, people: Iterable[KnownPerson], dependencies: Dependencies
) -> Reading | None:
    """None: another release wrote it, and knows its words."""
    if not all(one.draft.mail.is_known for one in (message, *message.parts)):
        return None
    mentioned = [
        Mentioned(
            person_id=one.person_id, name=one.name, organisation=", ".join(one.organisations) or None, phone=one.phone
        )
        for one in people
    ]
    return dependencies.letters.tell(message, reader.name if reader else NAMELESS, mentioned)
