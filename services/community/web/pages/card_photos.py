"""The photo of a card: sent, taken away, and shown to whom its owner chose."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.card import Viewer
from services.community.handlers.cards import carry_photo, drop_photo, show_photo, viewer_of
from services.community.ports.cards import Photo
from services.community.web.card_forms import PostedPhoto
from services.community.web.dependencies import MayFollow, TheDependencies, Unit, Visitor
from services.community.web.pages.own_card import own_page
from services.community.web.reaches_of_cards import FACES, OWN
from shared.kernel.errors import Invalid
from shared.web.dependencies import TheWeb

PATH: Final = f"{OWN}/foto"
SENT_PER_PERSON: Final = "20/hour"
# Whoever takes it away, takes it away everywhere: no browser keeps it, and no search engine.
NOT_KEPT: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noimageindex"}
Name = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
router = APIRouter(prefix=FACES)


@router.post("/mijn-kaart/foto")
async def carry(
    request: Request, dependencies: TheDependencies, web: TheWeb, session: MayFollow, posted: PostedPhoto, unit: Unit
) -> Response:
    """Drawn anew."""
    form, content = posted
    if form.data is not None and content:
        await web.limiter.hit("card-photo", str(session.person_id), SENT_PER_PERSON)
        try:
            photo = dependencies.photos.make(content)
        except Invalid as refusal:
            form.refuse_as(refusal)
        else:
            await carry_photo(session.person_id, photo, form.data.seenBy.audience, unit)
            return RedirectResponse(OWN, status_code=HTTPStatus.SEE_OTHER)
    return await own_page(request, dependencies, session, unit, photo_form=form)


@router.post("/mijn-kaart/foto/weg")
async def drop(session: MayFollow, unit: Unit) -> Response:
    """Nobody sees it any more."""
    await drop_photo(session.person_id, unit)
    return RedirectResponse(OWN, status_code=HTTPStatus.SEE_OTHER)


@router.get("/foto/{name}/groot")
async def large(name: Name, session: Visitor, unit: Unit) -> Response:
    """On a card."""
    return _picture((await _photo(name, session, unit)).large)


@router.get("/foto/{name}/klein")
async def small(name: Name, session: Visitor, unit: Unit) -> Response:
    """In a list."""
    return _picture((await _photo(name, session, unit)).small)


async def _photo(name: str, session: Visitor, unit: Unit) -> Photo:
    viewer = viewer_of([session.role]) if session else Viewer.PUBLIC
    return await show_photo(name, viewer, session.person_id if session else None, unit)


def _picture(content: bytes) -> Response:
    return Response(content, media_type="image/jpeg", headers=NOT_KEPT)
