"""`/gezichten/mijn-kaart`: what somebody writes, who reads it, and what each then sees, side by side."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from services.community.domain.card import Audience, CardField, ShownCard, Viewer
from services.community.domain.example_errors import TellsWhoItIs
from services.community.handlers.cards import (
    confirm_card,
    list_seen_by,
    remove_card,
    show_own,
    write_card,
)
from services.community.handlers.own_data import show_all_of
from services.community.web.card_forms import (
    MEGABYTES,
    ONE_VALUE,
    SEEN_BY,
    CardForm,
    MailedBy,
    PhotoForm,
    PostedCard,
    SeenBy,
)
from services.community.web.card_views import DAYS, LABELS, SEEN_BY_WORDS, VIEWERS, lines_of
from services.community.web.dependencies import Dependencies, MayFollow, TheDependencies, Unit
from services.community.web.reaches_of_cards import (
    CARRY_PHOTO,
    CONFIRM_CARD,
    DROP_PHOTO,
    MAKE_CODE,
    OWN,
    REMOVE_CARD,
    WITHDRAW_CODE,
    WRITE_CARD,
)
from shared.access.sessions import Session
from shared.kernel.city import City
from shared.web.forms import Form, empty_form

DOWNLOAD: Final = "wat-schakel-van-mij-bewaart.json"
router = APIRouter(prefix=OWN)


@router.get("")
async def mine(request: Request, dependencies: TheDependencies, session: MayFollow, unit: Unit) -> Response:
    """As it is now."""
    return await own_page(request, dependencies, session, unit)


@router.post("")
async def write(
    request: Request, dependencies: TheDependencies, session: MayFollow, form: PostedCard, unit: Unit
) -> Response:
    """At once for everybody."""
    if form.data is not None:
        try:
            await write_card(session.person_id, form.data.told, form.data.seen_by, unit)
        except TellsWhoItIs as refusal:
            form.refuse_as(refusal)
        else:
            return _to_own()
    return await own_page(request, dependencies, session, unit, form)


@router.post("/klopt")
async def confirm(session: MayFollow, unit: Unit) -> Response:
    """Nothing changed."""
    await confirm_card(session.person_id, unit)
    return _to_own()


@router.post("/weg")
async def remove(session: MayFollow, unit: Unit) -> Response:
    """All of it."""
    await remove_card(session.person_id, unit)
    return _to_own()


@router.get("/alles")
async def everything(session: MayFollow, unit: Unit) -> Response:
    """All that is kept here of whoever asks, in one file."""
    told = {"Content-Disposition": f'attachment; filename="{DOWNLOAD}"'}
    return JSONResponse(await show_all_of(session.person_id, unit), headers=told)


async def own_page(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    unit: Unit,
    form: Form[CardForm] | None = None,
    photo_form: Form[PhotoForm] | None = None,
) -> Response:
    """With what was typed and did not pass, if anything."""
    shown = await show_own(session.person_id, unit)
    seen_by = await list_seen_by(session.person_id, unit)
    own, city = shown[Viewer.OWNER], unit.city
    refused = form or photo_form
    return dependencies.templates.page(
        request,
        "own_card.html",
        HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK,
        form=form or empty_form(CardForm, **_filled_in(own.values, seen_by)),
        photo_form=photo_form or empty_form(PhotoForm),
        summary=refused,
        sees=[_column(words, shown[one], city) for one, words in VIEWERS.items()],
        photo=own.one(CardField.PHOTO),
        has_code=await unit.card_codes.find_of_person(session.person_id) is not None,
        has_card=bool(own.values),
        options=_options(city),
        megabytes=MEGABYTES,
        reaches=_REACHES,
    )


_REACHES: Final = {
    "write": WRITE_CARD,
    "confirm": CONFIRM_CARD,
    "remove": REMOVE_CARD,
    "carry": CARRY_PHOTO,
    "drop": DROP_PHOTO,
    "code": MAKE_CODE,
    "withdraw": WITHDRAW_CODE,
}


def _column(words: str, card: ShownCard, city: City) -> tuple[str, list[tuple[str, str]], str]:
    """What one viewer reads: a heading, the fields, and the photo."""
    return words, [(LABELS[name], told) for name, told in lines_of(card, city)], card.one(CardField.PHOTO)


def _options(city: City) -> dict[str, list[tuple[str, str]]]:
    seen = [(one.value, words) for one, words in SEEN_BY_WORDS.items()]
    return {
        "seen_by": seen,
        "photo_seen_by": seen[1:],
        "mailed_by": [(one.value, SEEN_BY_WORDS[SeenBy(one.value)]) for one in MailedBy],
        "days": [(one.value, words) for one, words in DAYS.items()],
        "districts": city.districts.options,
        "languages": city.languages.options,
        "expertise": city.categories.options,
    }


def _filled_in(values: Mapping[CardField, Sequence[str]], seen_by: Mapping[CardField, Audience]) -> dict[str, Any]:
    typed: dict[str, Any] = {of: " ".join(values.get(name, ())) for name, of in ONE_VALUE.items()}
    several = (CardField.DAYS, CardField.LANGUAGES, CardField.EXPERTISE)
    typed |= {name.value: list(values.get(name, ())) for name in several}
    typed |= {of: SeenBy[seen_by[name].name].value for name, of in SEEN_BY.items()}
    return typed | {"mailedBy": SeenBy[seen_by[CardField.MESSAGES].name].value}


def _to_own() -> Response:
    return RedirectResponse(OWN, status_code=HTTPStatus.SEE_OTHER)
