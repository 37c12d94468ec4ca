"""The desk keeps the places: where people meet, and whether somebody looked that everybody can get in."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.errors import NotInThisState
from services.community.domain.place import Place
from services.community.handlers.places import add_place, check_place, find_place, known_experts
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
from shared.events.http import KnownPerson
from shared.web.auditing import unit_of
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
async def place(request: Request, place_id: UUID, dependencies: TheDependencies, session: AtTheDesk) -> Response:
    """One, and the list to look at it with."""
    return await _place_page(request, place_id, dependencies, empty_form(CheckForm), session)


@router.post("/{place_id}")
async def check(
    request: Request,
    place_id: UUID,
    dependencies: TheDependencies,
    session: Coordinator,
    form: PostedCheck,
) -> Response:
    """Somebody was there today."""
    if form.data is not None:
        try:
            async with unit_of(request, dependencies.units) as unit:
                await check_place(form.data.command(place_id), unit)
        except NotInThisState as refusal:
            form.refuse("agreedBy", refusal.message)
        else:
            return RedirectResponse(f"{BASE}/plekken/{place_id}", status_code=HTTPStatus.SEE_OTHER)
    return await _place_page(request, place_id, dependencies, form, session, HTTPStatus.BAD_REQUEST)


async def _list_page(
    request: Request,
    dependencies: Dependencies,
    form: Form[PlaceForm],
    unit: Unit,
    session: Session,
    status: int = HTTPStatus.OK,
) -> Response:
    today, months = unit.city.day_of(unit.now), unit.city.gatherings.place_check_months
    places = [(one, one.is_fit(today, months)) for one in await unit.places.list_all()]
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
    session: Session,
    status: int = HTTPStatus.OK,
) -> Response:
    organises = may_organise(session)
    async with unit_of(request, dependencies.units) as unit:
        found = await find_place(place_id, unit)
        experts = await known_experts(unit) if organises else []
        fit = found.is_fit(unit.city.day_of(unit.now), unit.city.gatherings.place_check_months)
    # Who they are is asked of another service, and never while a unit of work is open.
    asked = [*experts, found.agreed_by] if organises else []
    people = await dependencies.people.read_people([one for one in asked if one])
    return dependencies.templates.page(
        request,
        "place.html",
        status,
        form=form,
        place=found,
        may_organise=organises,
        fit=fit,
        seen=_seen(found, people),
        experts=_options(experts, people),
        checklist=[(one.value, words) for one, words in CHECKLIST.items()],
        reach=CHECK,
    )


def _seen(found: Place, people: Mapping[UUID, KnownPerson]) -> list[tuple[str, str]]:
    """What was in order; who agreed by name, for whoever may read that."""
    agreed = "Ja" if found.agreed else "Nee"
    who = people.get(found.agreed_by) if found.agreed_by else None
    return [
        *((words, "Ja" if one in found.found else "Nee") for one, words in CHECKLIST.items()),
        ("Een ervaringsdeskundige vindt het goed", f"{agreed}: {who.name}" if who else agreed),
    ]


def _options(experts: list[UUID], people: Mapping[UUID, KnownPerson]) -> list[tuple[str, str]]:
    """Whom to choose from; without a name when the service that knows it is away."""
    return [(str(one), people[one].name if one in people else f"Persoon {n}") for n, one in enumerate(experts, 1)]
