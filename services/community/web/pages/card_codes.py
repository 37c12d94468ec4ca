"""The code on a printed card, and the page on which an organisation checks whose it is."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.card import Viewer
from services.community.handlers.card_codes import check_code, make_code, withdraw_code
from services.community.handlers.cards import show_face
from services.community.web.card_views import view_of
from services.community.web.dependencies import MayFollow, TheDependencies, Unit
from services.community.web.reaches_of_cards import FACES, OWN
from shared.events.base import Role
from shared.web.auditing import unit_of
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.qr_code import qr_code

CHECK: Final = f"{FACES}/wie"
# Everybody behind the same proxy counts as one client.
CHECKS_PER_CLIENT: Final = "60/hour"
router = APIRouter(prefix=FACES)


@router.post("/mijn-kaart/code")
async def make(request: Request, dependencies: TheDependencies, web: TheWeb, session: MayFollow) -> Response:
    """A card to print now: the code is shown once."""
    async with unit_of(request, dependencies.units) as unit:
        token = await make_code(session.person_id, unit)
        face = await show_face(session.person_id, Viewer.PUBLIC, unit)
        city = unit.city
    people = await dependencies.people.read_people([session.person_id])
    address = f"{web.public_url}{CHECK}/{token}"
    return dependencies.templates.page(
        request, "card_to_print.html", view=view_of(face, people, city), address=address, picture=qr_code(address)
    )


@router.post("/mijn-kaart/code/weg")
async def withdraw(session: MayFollow, unit: Unit) -> Response:
    """The card counts no more."""
    await withdraw_code(session.person_id, unit)
    return RedirectResponse(OWN, status_code=HTTPStatus.SEE_OTHER)


@router.get("/wie/{token}")
async def check(
    request: Request, token: str, dependencies: TheDependencies, web: TheWeb, client: ClientAddress
) -> Response:
    """Who it is and until when that counts; or that it counts no more."""
    await web.limiter.hit("card-check", client, CHECKS_PER_CLIENT)
    async with unit_of(request, dependencies.units) as unit:
        found = await check_code(token, unit)
        city, today = unit.city, unit.city.day_of(unit.now)
    if found is None:
        return dependencies.templates.page(request, "card_check.html", HTTPStatus.GONE, view=None)
    people = await dependencies.people.read_people([found.face.person_id])
    view = view_of(found.face, people, city)
    return dependencies.templates.page(
        request,
        "card_check.html",
        view=view,
        valid_until=found.valid_until,
        counts=today <= found.valid_until,
        is_trusted=Role.TRUSTED_PERSON in view.face.roles,
    )
