"""The desk adds links to what people can read with a gathering."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.errors import NotInThisState
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.materials import add_material, remove_material
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.material_forms import MaterialForm, PostedMaterial, PostedMaterialAddress
from services.community.web.reaches import ADD_MATERIAL, BASE, REMOVE_MATERIAL
from services.community.web.views import view_of
from shared.web.forms import Form, typed_or_empty

router = APIRouter(prefix=BASE + "/{gathering_id}/materiaal")


@router.get("")
async def look(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """What stands there, and a form for one more."""
    return await _page(request, gathering_id, dependencies, unit)


@router.post("")
async def add(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedMaterial,
    unit: Unit,
) -> Response:
    """It stands on the page now."""
    if form.data is not None:
        try:
            await add_material(gathering_id, form.data.material, unit)
        except NotInThisState as refusal:
            form.refuse("address", refusal.message)
        else:
            return _back(gathering_id)
    return await _page(request, gathering_id, dependencies, unit, form)


@router.post("/weg")
async def remove(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedMaterialAddress,
    unit: Unit,
) -> Response:
    """It stands there no more."""
    if form.data is None:
        return await _page(request, gathering_id, dependencies, unit)
    await remove_material(gathering_id, form.data.address, unit)
    return _back(gathering_id)


def _back(gathering_id: UUID) -> Response:
    return RedirectResponse(f"{BASE}/{gathering_id}/materiaal", status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    unit: Unit,
    typed: Form[MaterialForm] | None = None,
) -> Response:
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    return dependencies.templates.page(
        request,
        "materials.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed_or_empty(typed, MaterialForm),
        view=view_of(gathering, {}, unit.city),
        reaches={"add": ADD_MATERIAL, "remove": REMOVE_MATERIAL},
    )
