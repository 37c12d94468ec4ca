"""`POST /v1/requests`: the declared route only describes it; `_submit` does the work, and reads and writes by hand.

FastAPI's solving of dependencies costs more than all the rest of a request for help (measured: half of the time outside
the database). The declaration makes the OpenAPI document, and the examples in error messages.
"""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import Field, ValidationError

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.web.bodies import RequestBody, to_submit
from services.intake.web.dependencies import TheSchoolSystem, dependencies_of
from services.intake.web.replies import Addresses, Links
from services.intake.web.submitting import Submission
from shared.access.replies import AskedBefore
from shared.kernel.city import City
from shared.web.auditing import actor_of
from shared.web.body import ReplyBody
from shared.web.city_codes import in_city
from shared.web.errors import not_valid
from shared.web.idempotency import KeyMissing, checked_key, fingerprint
from shared.web.once import Key
from shared.web.problem import FieldProblem
from shared.web.systems import TOO_OFTEN

RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    HTTPStatus.CREATED: {
        "headers": {
            "Location": {"description": "Het adres van de aanvraag", "schema": {"type": "string", "format": "uri"}}
        }
    },
    HTTPStatus.UNAUTHORIZED: {"description": "De API-sleutel ontbreekt of klopt niet"},
    HTTPStatus.CONFLICT: {"description": "Een verzoek met deze sleutel wordt nu verwerkt"},
    HTTPStatus.UNPROCESSABLE_ENTITY: {"description": "Deze sleutel hoort al bij een ander verzoek"},
    HTTPStatus.TOO_MANY_REQUESTS: TOO_OFTEN,
}


class Receipt(ReplyBody):
    """A request that was taken in."""

    id: UUID
    case_code: str = Field(description="Het nummer, om hardop te kunnen zeggen", examples=["K7QF-3XHA"])
    status: CaseState
    links: Links
    what_happens_next: str = Field(examples=["Plan een gesprek met het gezin."])


def receipt(case: Case, addresses: Addresses, what_happens_next: str) -> str:
    """The reply to a new request, a `Receipt` as JSON."""
    return orjson.dumps(
        {
            "id": str(case.id),
            "caseCode": case.code,
            "status": case.state.value,
            "links": addresses.of(case.id),
            "whatHappensNext": what_happens_next,
        }
    ).decode()


async def _submit(request: Request) -> Response:
    dependencies = await dependencies_of(request)
    system = await dependencies.school_systems.find(request)
    key, body = await _key_and_body(request, dependencies.city)
    mark = fingerprint("POST", request.url.path, await request.body())
    asked = AskedBefore(str(system.key_id), key, mark)
    reply = await dependencies.submitting.submit(
        Submission(to_submit(body, system.viewer), asked, actor=actor_of(request))
    )
    location = orjson.loads(reply.body)["links"]["self"]
    return Response(reply.body, reply.status, headers={"Location": location}, media_type="application/json")


async def _key_and_body(request: Request, city: City) -> tuple[str, RequestBody]:
    """Both, checked; what is wrong with either is told in one answer."""
    header = request.headers.get("Idempotency-Key")
    try:
        body = RequestBody.model_validate_json(await request.body(), context=in_city(city))
    except ValidationError as invalid:
        wrong = [{**error, "loc": ("body", *error["loc"])} for error in invalid.errors(include_url=False)]
        raise not_valid(request, RequestValidationError(wrong), also=_wrong_with(header)) from None
    return checked_key(header), body


def _wrong_with(header: str | None) -> tuple[FieldProblem, ...]:
    try:
        checked_key(header)
    except KeyMissing as missing:
        return missing.errors
    return ()


class ByHand(APIRoute):
    """A route that gives its request to `_submit` as it is."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return _submit


async def submit(request: Request, system: TheSchoolSystem, body: RequestBody, idempotency_key: Key) -> Response:  # noqa: ARG001 - they describe the route
    """Vraag hulp voor een kind. Wat over het kind en het gezin gaat, blijft in de kluis van Schakel."""
    return await _submit(request)


router = APIRouter()
router.add_api_route(
    "/requests",
    submit,
    methods=["POST"],
    status_code=HTTPStatus.CREATED,
    response_model=Receipt,
    operation_id="submitRequest",
    summary="Vraag hulp voor een kind",
    responses=RESPONSES,
    route_class_override=ByHand,
)
