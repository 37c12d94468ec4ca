"""The desk keeps the places: where people meet, and whether somebody looked that everybody can get in."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.commands import CheckPlace
from services.community.handlers.places import add_place, check_place, find_place
from services.community.web.dependencies import (
    AtTheDesk,
    Coordinator,
    Dependencies,
    TheDependencies,
    Unit,
    may_organise,
)
from services.community.web.forms import CheckForm, PlaceForm, PostedCheck, PostedPlace
from services.community.web.reaches import BASE, CHECK, PLACE
from services.community.web.words import CHECKLIST
from shared.access.sessions import Session
from shared.web.forms import Form, empty_form

router = APIRouter(prefix=f"{BASE}/plekken")


@router.get("")
async def places(request: Request, dependencies: TheDependencies, session: AtTheDesk, unit: Unit) -> Response:
    """All, and a form for one more."""
    return await _list_page(request, dependencies, empty_form(PlaceForm), unit, session)


@router.post("")
async def add(
    request: Request, dependencies: TheDependencies, session: Coordinator, form: PostedPlace, unit: Unit
) -> Response:
    """It is there; somebody has to look at it yet."""
    if form.data is None:
        return await _list_page(request, dependencies, form, unit, session, HTTPStatus.BAD_REQUEST)
    place_id = await add_place(form.data.name, form.data.address, unit)
    return RedirectResponse(f"{BASE}/plekken/{place_id}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/{place_id}")
async def place(
    request: Request, place_id: UUID, dependencies: TheDependencies, session: AtTheDesk, unit: Unit
) -> Response:
    """One, and the list to look at it with."""
    return await _place_page(request, place_id, dependencies, empty_form(CheckForm), unit, session)


@router.post("/{place_id}")
async def check(
    request: Request,
    place_id: UUID,
    dependencies: TheDependencies,
    session: Coordinator,
    form: PostedCheck,
    unit: Unit,
) -> Response:
    """Somebody was there today."""
    if form.data is None:
        return await _place_page(request, place_id, dependencies, form, unit, session, HTTPStatus.BAD_REQUEST)
    await check_place(CheckPlace(place_id, form.data.found, form.data.agreed), unit)
    return RedirectResponse(f"{BASE}/plekken/{place_id}", status_code=HTTPStatus.SEE_OTHER)


async def _list_page(
    request: Request,
    dependencies: Dependencies,
    form: Form[PlaceForm],
    unit: Unit,
    session: Session,
    status: int = HTTPStatus.OK,
) -> Response:
    today = unit.city.day_of(unit.now)
    places = [(one, one.is_fit(today)) for one in await unit.places.list_all()]
    return dependencies.templates.page(
        request,
        "places.html",
        status,
        form=form,
        places=places,
        may_organise=may_organise(session),
        reach=PLACE,
    )


async def _place_page(
    request: Request,
    place_id: UUID,
    dependencies: Dependencies,
    form: Form[CheckForm],
    unit: Unit,
    session: Session,
    status: int = HTTPStatus.OK,
) -> Response:
    found = await find_place(place_id, unit)
    return dependencies.templates.page(
        request,
        "place.html",
        status,
        form=form,
        place=found,
        may_organise=may_organise(session),
        fit=found.is_fit(unit.city.day_of(unit.now)),
        seen=[
            *((words, "Ja" if one in found.found else "Nee") for one, words in CHECKLIST.items()),
            ("Een ervaringsdeskundige vindt het goed", "Ja" if found.agreed else "Nee"),
        ],
        checklist=[(one.value, words) for one, words in CHECKLIST.items()],
        reach=CHECK,
    )
