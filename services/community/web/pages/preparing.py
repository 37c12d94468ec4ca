"""The desk says which gathering a preparation group prepares."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.errors import NotInThisState
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.preparing import set_prepared, show_to_prepare
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.preparing_forms import PostedPrepares, PreparesForm
from services.community.web.reaches import BASE, PREPARE
from services.community.web.views import view_of, views_of
from shared.web.forms import Form, empty_form

router = APIRouter(prefix=BASE + "/{gathering_id}/voorbereiding")


@router.get("")
async def look(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """As it stands."""
    return await _page(request, gathering_id, dependencies, unit)


@router.post("")
async def choose(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedPrepares,
    unit: Unit,
) -> Response:
    """From now on it is so."""
    if form.data is not None:
        try:
            await set_prepared(gathering_id, form.data.prepares, unit)
        except NotInThisState as refusal:
            form.refuse("prepares", refusal.message)
        else:
            return RedirectResponse(f"{BASE}/{gathering_id}", status_code=HTTPStatus.SEE_OTHER)
    return await _page(request, gathering_id, dependencies, unit, form)


async def _page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    unit: Unit,
    typed: Form[PreparesForm] | None = None,
) -> Response:
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    coming = await views_of(await show_to_prepare(unit), unit)
    return dependencies.templates.page(
        request,
        "preparing.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed or empty_form(PreparesForm, prepares=gathering.prepares_id),
        view=view_of(gathering, {}, unit.city),
        coming=[(str(one.gathering.id), f"{one.gathering.details.title}, {one.begins}") for one in coming],
        reach=PREPARE,
    )
