"""The API for schools' own systems: `/v1/requests`."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response

from services.intake.handlers import complete_inventory, show_case, show_cases
from services.intake.ports import AskedBefore, Position
from services.intake.web import cursor as cursors
from services.intake.web.bodies import InventoryBody, RequestBody
from services.intake.web.dependencies import TheCaller, TheDoors, doors_of
from services.intake.web.forms import to_inventory, to_submit
from services.intake.web.read_by_hand import body_of, by_hand
from services.intake.web.replies import ListLinks, Receipt, RequestList, RequestSaid, request_of, summary_of
from services.intake.web.submitting import Submission
from shared.web.idempotency import checked_key, fingerprint

PAGE_SIZE: Final = 25
LARGEST_PAGE: Final = 100
KEY_WORDS: Final = "Voor elk nieuw verzoek een andere sleutel; hetzelfde verzoek mag er nog eens mee (7 dagen lang)."
Key = Annotated[str | None, Header(alias="Idempotency-Key", description=KEY_WORDS)]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Hoeveel er hooguit op een bladzijde staan")]
Cursor = Annotated[str | None, Query(description="Waar de bladzijde begint: zie links.next")]
UNKNOWN_SENDER: Final[dict[int | str, dict[str, Any]]] = {
    401: {"description": "De API-sleutel ontbreekt of klopt niet"}
}
NOT_THERE: Final[dict[int | str, dict[str, Any]]] = {
    404: {"description": "Niet gevonden, of niet van jouw organisatie"},
    **UNKNOWN_SENDER,
}
AFTER_SUBMITTING: Final[dict[int | str, dict[str, Any]]] = {
    409: {"description": "Een verzoek met deze sleutel wordt nu verwerkt"},
    422: {"description": "Deze sleutel hoort al bij een ander verzoek"},
    **UNKNOWN_SENDER,
}

router = APIRouter(prefix="/v1", tags=["requests"])


async def _submit(request: Request) -> Response:
    doors = await doors_of(request)
    caller = await doors.callers.find(request)
    key = checked_key(request.headers.get("Idempotency-Key"))
    body = await body_of(request, RequestBody)
    mark = fingerprint("POST", request.url.path, await request.body())
    asked = AskedBefore(str(caller.key_id), key, mark)
    reply = await doors.submitting.submit(Submission(to_submit(body, caller.viewer), asked))
    return Response(reply.body, reply.status, media_type="application/json")


async def submit(request: Request, caller: TheCaller, body: RequestBody, idempotency_key: Key = None) -> Response:  # noqa: ARG001 - they describe the route
    """Een Bliep-ambassadeur vraagt hulp. Wat over het kind en het gezin gaat, blijft in de kluis van Schakel."""
    return await _submit(request)


router.add_api_route(
    "/requests",
    submit,
    methods=["POST"],
    status_code=201,
    response_model=Receipt,
    operation_id="submitRequest",
    summary="Vraag hulp voor een kind",
    responses=AFTER_SUBMITTING,
    route_class_override=by_hand(_submit),
)


@router.get(
    "/requests",
    operation_id="listRequests",
    summary="De aanvragen van jouw organisatie",
    responses=UNKNOWN_SENDER,
    response_model_exclude_none=True,
)
async def list_requests(
    doors: TheDoors, caller: TheCaller, limit: Limit = PAGE_SIZE, cursor: Cursor = None
) -> RequestList:
    """De nieuwste eerst."""
    after = cursors.read(cursor)
    async with doors.units.begin() as unit:
        views = await show_cases(unit, caller.viewer, after, limit + 1)
    shown = views[:limit]
    following = None
    if len(views) > limit:
        last = shown[-1].case
        following = doors.addresses.list(cursors.written(Position(last.received_at, last.id)), limit)
    links = ListLinks(self_=doors.addresses.list(cursor, limit), next=following)
    return RequestList(requests=tuple(summary_of(view, doors.addresses) for view in shown), links=links)


@router.get(
    "/requests/{id}",
    operation_id="getRequest",
    summary="Hoe het met een aanvraag staat",
    responses=NOT_THERE,
    response_model_exclude_none=True,
)
async def get_request(doors: TheDoors, caller: TheCaller, id: UUID) -> RequestSaid:  # noqa: A002 - the API's own word
    """De hulpvragen, wie wat doet, en wat er gebeurde; nooit over wie het gaat."""
    async with doors.units.begin() as unit:
        view = await show_case(id, unit, caller.viewer)
    return request_of(view, doors.addresses)


@router.put(
    "/requests/{id}/inventory",
    operation_id="putInventory",
    summary="De inventarisatie met het gezin",
    responses={409: {"description": "Dit kan nu niet"}, **NOT_THERE},
    response_model_exclude_none=True,
)
async def put_inventory(doors: TheDoors, caller: TheCaller, id: UUID, body: InventoryBody) -> RequestSaid:  # noqa: A002
    """Noem alle hulpvragen, oude en nieuwe. Daarna zoeken wij partners. Nog eens hetzelfde sturen verandert niets."""
    async with doors.units.begin() as unit:
        await complete_inventory(to_inventory(id, body), unit, caller.viewer)
        view = await show_case(id, unit, caller.viewer)
    return request_of(view, doors.addresses)
