"""Somebody of the network writes to another one; neither sees the address of the other."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example_errors import TellsWhoItIs
from services.community.handlers.card_mails import Sender, mail_person, read_own_mail
from services.community.handlers.cards import show_face, viewer_of
from services.community.web.card_forms import CardMailForm, PostedCardMail
from services.community.web.card_views import view_of
from services.community.web.dependencies import Dependencies, MayFollow, TheDependencies
from services.community.web.reaches_of_cards import FACES, MAIL_PERSON
from shared.access.sessions import Session
from shared.web.auditing import unit_of
from shared.web.dependencies import TheWeb
from shared.web.forms import Form, empty_form

MAILS_PER_PERSON: Final = "20/day"
MAILS_TO_ONE: Final = "3/day"
router = APIRouter(prefix=FACES)


@router.get("/berichten/{mail_id}")
async def received(request: Request, mail_id: UUID, dependencies: TheDependencies, session: MayFollow) -> Response:
    """What somebody wrote to whoever opens it."""
    async with unit_of(request, dependencies.units) as unit:
        mail = await read_own_mail(mail_id, session.person_id, unit)
    people = await dependencies.people.read_people([mail.from_person_id])
    return dependencies.templates.page(
        request, "card_mail_received.html", mail=mail, sender=people.get(mail.from_person_id)
    )


@router.get("/{person_id}/bericht")
async def write(request: Request, person_id: UUID, dependencies: TheDependencies, session: MayFollow) -> Response:
    """An empty form."""
    return await _page(request, person_id, dependencies, session, empty_form(CardMailForm))


@router.post("/{person_id}/bericht")
async def send(
    request: Request,
    person_id: UUID,
    dependencies: TheDependencies,
    web: TheWeb,
    session: MayFollow,
    form: PostedCardMail,
) -> Response:
    """It leaves as a mail of the site."""
    if form.data is not None:
        await web.limiter.hit("card-mail", str(session.person_id), MAILS_PER_PERSON)
        await web.limiter.hit("card-mail-to", f"{session.person_id}:{person_id}", MAILS_TO_ONE)
        known = await dependencies.people.read_people([person_id, session.person_id])
        names = tuple(one.name for one in known.values())
        sender = Sender(session.person_id, session.organisation_id, viewer_of([session.role]), names)
        try:
            async with unit_of(request, dependencies.units) as unit:
                await mail_person(person_id, form.data.words, sender, unit)
        except TellsWhoItIs as refusal:
            form.refuse_as(refusal)
        else:
            return RedirectResponse(f"{FACES}/{person_id}?gelukt=verstuurd", status_code=HTTPStatus.SEE_OTHER)
    return await _page(request, person_id, dependencies, session, form)


async def _page(
    request: Request, person_id: UUID, dependencies: Dependencies, session: Session, form: Form[CardMailForm]
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        face = await show_face(person_id, viewer_of([session.role]), unit)
        city = unit.city
    people = await dependencies.people.read_people([person_id])
    return dependencies.templates.page(
        request,
        "card_mail.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        form=form,
        view=view_of(face, people, city),
        reach=MAIL_PERSON,
    )
