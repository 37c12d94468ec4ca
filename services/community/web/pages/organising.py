"""The desk makes a gathering, and changes it."""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.commands import ChangeGathering
from services.community.domain.errors import NotInThisState, NotReadyToAnnounce
from services.community.handlers.gatherings import change_gathering, draft_gathering, find_gathering
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.forms import GatheringForm, PostedGathering, filled_in
from services.community.web.reaches import BASE, CHANGE, DRAFT
from services.community.web.words import KINDS
from shared.web.forms import Form, empty_form
from shared.web.reach import Reach

router = APIRouter(prefix=BASE)
CHILDCARE: Final = (("yes", "Ja"), ("no", "Nee"))


@router.get("/nieuw")
async def new(request: Request, dependencies: TheDependencies, _session: Coordinator, unit: Unit) -> Response:
    """An empty form."""
    form = empty_form(GatheringForm, language=unit.city.language)
    return await form_page(request, dependencies, form, unit, DRAFT, BASE)


@router.post("/nieuw")
async def draft(
    request: Request, dependencies: TheDependencies, _session: Coordinator, form: PostedGathering, unit: Unit
) -> Response:
    """It is there as a draft."""
    if form.data is None:
        return await form_page(request, dependencies, form, unit, DRAFT, BASE, HTTPStatus.BAD_REQUEST)
    gathering_id = await draft_gathering(form.data.details(unit.city), unit)
    return RedirectResponse(f"{BASE}/{gathering_id}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/{gathering_id}/wijzigen")
async def look_at(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """The form as it stands."""
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    back = f"{BASE}/{gathering_id}"
    return await form_page(request, dependencies, filled_in(gathering, unit.city), unit, CHANGE, back)


@router.post("/{gathering_id}/wijzigen")
async def change(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedGathering,
    unit: Unit,
) -> Response:
    """From now on it is so."""
    back = f"{BASE}/{gathering_id}"
    await find_gathering(gathering_id, unit, at_the_desk=True)
    if form.data is not None:
        try:
            await change_gathering(ChangeGathering(gathering_id, form.data.details(unit.city)), unit)
        except (NotInThisState, NotReadyToAnnounce) as refusal:
            form.refuse("title", refusal.message)
        else:
            return RedirectResponse(back, status_code=HTTPStatus.SEE_OTHER)
    return await form_page(request, dependencies, form, unit, CHANGE, back, HTTPStatus.BAD_REQUEST)


async def choices(unit: Unit) -> dict[str, Any]:
    """What the forms of a gathering and of a series let the desk choose from."""
    return {
        "kinds": [(kind.value, words) for kind, words in KINDS.items()],
        "places": [(str(place.id), place.name) for place in await unit.places.list_all()],
        "languages": unit.city.languages.options,
        "childcare_choices": CHILDCARE,
    }


async def form_page(
    request: Request,
    dependencies: Dependencies,
    form: Form[GatheringForm],
    unit: Unit,
    reach: Reach,
    back: str,
    status: int = HTTPStatus.OK,
) -> Response:
    """The form of one gathering."""
    return dependencies.templates.page(
        request,
        "gathering_form.html",
        status,
        form=form,
        is_new=reach is DRAFT,
        back=back,
        reach=reach,
        **await choices(unit),
    )
