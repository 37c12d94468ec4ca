"""The desk asks one partner of the map: what speaks for it and against it, and why it is chosen."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.matching.domain.errors import NotOnTheMap
from services.matching.handlers.need_views import weigh_offer
from services.matching.ports import MatchingUnit
from services.matching.web import desk_words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.desk_forms import ReasonForm
from services.matching.web.desk_steps import ASK, PATH, take_step
from services.matching.web.pages.desk_need import TheDesk, need_page, step_done
from shared.web.forms import Form, empty_form, read_form

router = APIRouter(prefix=f"{PATH}/{{need_id}}/vragen")


async def _typed(request: Request, _: TheDesk) -> Form[ReasonForm]:
    return await read_form(request, ReasonForm)


@router.get("/{service_id}")
async def show(
    request: Request, need_id: UUID, service_id: UUID, dependencies: TheDependencies, _: TheDesk, unit: Unit
) -> Response:
    """Look at this partner before it is asked."""
    return await _page(request, dependencies, need_id, service_id, empty_form(ReasonForm), unit)


@router.post("/{service_id}")
async def ask(
    request: Request,
    need_id: UUID,
    service_id: UUID,
    dependencies: TheDependencies,
    session: TheDesk,
    form: Annotated[Form[ReasonForm], Depends(_typed)],
    unit: Unit,
) -> Response:
    """Ask it."""
    refusal = await take_step(ASK, form, need_id, session, unit, service_id)
    if refusal is not None:
        return await need_page(request, dependencies, need_id, unit, refusal)
    if form.is_wrong:
        return await _page(request, dependencies, need_id, service_id, form, unit)
    return step_done("vragen", need_id)


async def _page(
    request: Request,
    dependencies: Dependencies,
    need_id: UUID,
    service_id: UUID,
    form: Form[ReasonForm],
    unit: MatchingUnit,
) -> Response:
    weighed = await weigh_offer(need_id, service_id, unit)
    if weighed is None:
        raise NotOnTheMap
    return dependencies.templates.page(
        request,
        "desk_ask.html",
        HTTPStatus.BAD_REQUEST if form.is_wrong else HTTPStatus.OK,
        weighed=weighed,
        hand=weighed.hand,
        path=f"{PATH}/{need_id}",
        form=form,
        reasons=list(desk_words.CHOICE_REASONS.items()),
        reach=ASK.reach,
    )
