"""The API for schools' own systems: `/v1/requests`. Its fast way in is `fast_submit`."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.intake.domain.listing import CaseSearch, Position
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.showing import show_case, show_cases
from services.intake.web import api_signals, api_steps, api_tokens, fast_submit
from services.intake.web import cursor as cursors
from services.intake.web.bodies import InventoryBody, to_inventory
from services.intake.web.dependencies import TheDependencies, TheSchoolSystem, Unit
from services.intake.web.replies import NOT_HERE, RequestDetails, RequestList, request_of, summary_of
from shared.web.body import ListLinks
from shared.web.city_codes import in_this_city
from shared.web.openapi import Api
from shared.web.systems import UNKNOWN_SENDER

PAGE_SIZE: Final = 25
LARGEST_PAGE: Final = 100
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Hoeveel er hooguit op een bladzijde staan")]
Cursor = Annotated[str | None, Query(description="Waar de bladzijde begint: zie links.next")]
router = APIRouter(prefix="/v1", tags=["requests"], dependencies=[Depends(in_this_city)])
for more in (fast_submit, api_tokens, api_steps, api_signals):
    router.include_router(more.router)


@router.get(
    "/requests",
    operation_id="listRequests",
    summary="De aanvragen van jouw organisatie",
    responses=UNKNOWN_SENDER,
    response_model_exclude_none=True,
)
async def list_requests(
    system: TheSchoolSystem, unit: Unit, dependencies: TheDependencies, limit: Limit = PAGE_SIZE, cursor: Cursor = None
) -> RequestList:
    """De nieuwste eerst."""
    addresses = dependencies.addresses
    views = await show_cases(unit, system.viewer, CaseSearch(), cursors.read(cursor), limit + 1)
    shown = views[:limit]
    following = None
    if len(views) > limit:
        last = shown[-1].case
        following = addresses.list(cursors.written(Position.of(last)), limit)
    links = ListLinks(self_=addresses.list(cursor, limit), next=following)
    return RequestList(requests=tuple(summary_of(view, addresses) for view in shown), links=links)


@router.get(
    "/requests/{id}",
    operation_id="getRequest",
    summary="Hoe het met een aanvraag staat",
    responses=NOT_HERE,
    response_model_exclude_none=True,
)
async def get_request(
    system: TheSchoolSystem,
    unit: Unit,
    dependencies: TheDependencies,
    id: UUID,  # noqa: A002 - the API's own word
) -> RequestDetails:
    """De hulpvragen, wie wat doet, en wat er gebeurde; nooit over wie het gaat."""
    return request_of(await show_case(id, unit, system.viewer), dependencies.addresses, unit.city)


@router.put(
    "/requests/{id}/inventory",
    operation_id="putInventory",
    summary="De inventarisatie met het gezin",
    responses={HTTPStatus.CONFLICT: {"description": "Dit kan nu niet"}, **NOT_HERE},
    response_model_exclude_none=True,
)
async def put_inventory(
    system: TheSchoolSystem,
    unit: Unit,
    dependencies: TheDependencies,
    id: UUID,  # noqa: A002 - the API's own word
    body: InventoryBody,
) -> RequestDetails:
    """Noem alle hulpvragen, oude en nieuwe. Daarna zoeken wij partners. Nog eens hetzelfde sturen verandert niets."""
    await complete_inventory(to_inventory(id, body), unit, system.viewer)
    return request_of(await show_case(id, unit, system.viewer), dependencies.addresses, unit.city)


APIS: Final = (Api(router),)
