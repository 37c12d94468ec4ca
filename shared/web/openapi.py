"""The API's description, as the NL API Design Rules want it: version in the server's address, problems described,
`API-Version` on every reply, open to every origin.
"""

from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from shared.kernel.city import City
from shared.web.city_codes import with_codes_of
from shared.web.openapi_examples import with_examples

DESCRIPTION: Final = "Hulp voor kinderen die in armoede opgroeien: van vraag tot vinger aan de pols."
# The API for schools' systems, of which each service has its part.
FOR_SCHOOLS: Final = "/v1"
LICENCE: Final = {
    "name": "EUPL-1.2",
    "url": "https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12",
}
OPEN_TO_ALL: Final = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
VERSION_HEADER: Final = {
    "API-Version": {"description": "De volledige versie van de API", "schema": {"type": "string", "example": "1.0.0"}}
}
_ERROR: Final = {
    "title": "ProblemError",
    "type": "object",
    "properties": {
        "pointer": {"type": "string", "description": "Plaats in het bericht (RFC 6901)", "example": "/child/birthDate"},
        "parameter": {"type": "string", "description": "Naam van de parameter of header", "example": "limit"},
        "detail": {"type": "string", "example": "Dit is geen datum die bestaat."},
        "example": {"type": "string", "example": "2017-12-31"},
        "code": {"type": "string", "example": "not-valid"},
    },
    "required": ["detail"],
}
# What may come back of every operation, and of each that takes a body (`request_guard`).
REFUSED_ANYWHERE: Final = {
    HTTPStatus.BAD_REQUEST: "Niet goed ingevuld",
    HTTPStatus.METHOD_NOT_ALLOWED: "Dit adres kent deze methode niet; zie Allow",
    HTTPStatus.SERVICE_UNAVAILABLE: "Even niet bereikbaar; zie Retry-After",
}
REFUSED_WITH_A_BODY: Final = {
    HTTPStatus.REQUEST_TIMEOUT: "Het bericht kwam niet op tijd binnen",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Het bericht is te groot",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Het bericht is geen JSON",
}
PROBLEM: Final = {
    "title": "Problem",
    "type": "object",
    "description": "Wat er niet goed is (RFC 9457)",
    "properties": {
        "type": {"type": "string", "example": "about:blank"},
        "status": {"type": "integer", "example": 400},
        "title": {"type": "string", "example": "Niet goed ingevuld"},
        "detail": {"type": "string", "example": "Er klopt één ding niet."},
        "code": {"type": "string", "example": "not-valid"},
        "errors": {"type": "array", "items": _ERROR},
    },
    "required": ["status", "title", "detail"],
}


@dataclass(frozen=True, slots=True)
class About:
    """Whose API it is: where it stands, of which city (None: of any), whose desk answers, and its whole version."""

    public_url: str
    city: City | None
    version: str

    @property
    def contact(self) -> dict[str, str]:
        """As OpenAPI writes it; the design rules want an address too, when there is one."""
        if self.city is None:
            return {"name": "Schakel", "url": self.public_url}
        desk = self.city.desk
        contact = {"name": desk.name, "url": self.public_url, "email": desk.email}
        return {key: value for key, value in contact.items() if value}


@dataclass(frozen=True, slots=True)
class Api:
    """One API of one service. `base` is its address without the operations' own paths.

    `under`: where this service's part of it stands, when others have the rest; its description stands there too.
    """

    router: APIRouter
    base: str = FOR_SCHOOLS
    under: str = ""

    @property
    def place(self) -> str:
        """Where all of it stands."""
        return self.under or self.base


def serve_openapi(app: FastAPI, about: About, api: Api, *, also_at_root: bool) -> None:
    """Serve the description of this API, where it stands and (`also_at_root`) at `/openapi.json`."""
    made: dict[str, Any] = {}

    async def openapi(_: Request) -> Response:
        if not made:
            made.update(described(about, api))
        return JSONResponse(made, headers=OPEN_TO_ALL)

    app.add_route(f"{api.place}/openapi.json", openapi, methods=["GET"], include_in_schema=False)
    if also_at_root:
        app.add_route("/openapi.json", openapi, methods=["GET"], include_in_schema=False)


def described(about: About, api: Api) -> dict[str, Any]:
    """The description of this API."""
    whole = get_openapi(
        title="Schakel",
        version=about.version,
        description=DESCRIPTION,
        routes=api.router.routes,
        contact=about.contact,
        license_info=LICENCE,
        servers=[{"url": about.public_url + api.base}],
    )
    if api.base == FOR_SCHOOLS:
        whole["externalDocs"] = {"description": "De API, om te lezen", "url": f"{about.public_url}{FOR_SCHOOLS}/docs"}
    return with_examples(with_codes_of(about.city, _tidied(whole, api.base)))


def _tidied(whole: dict[str, Any], api_base: str) -> dict[str, Any]:
    whole["paths"] = {path.removeprefix(api_base) or "/": item for path, item in whole.get("paths", {}).items()}
    for operations in whole["paths"].values():
        for operation in operations.values():
            _tidy_operation(operation)
    schemas = whole.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = deepcopy(PROBLEM)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    without_null: dict[str, Any] = _without_null(whole)
    return without_null


def _tidy_operation(operation: dict[str, Any]) -> None:
    """400 instead of FastAPI's 422, what is refused before a route, problems as problem+json, the version header."""
    responses = operation["responses"]
    if "HTTPValidationError" in str(responses.get("422", "")):
        del responses["422"]
    refused = REFUSED_ANYWHERE | (REFUSED_WITH_A_BODY if "requestBody" in operation else {})
    for status, description in refused.items():
        responses.setdefault(str(status), {"description": description})
    for status, response in responses.items():
        response["headers"] = {**deepcopy(VERSION_HEADER), **response.get("headers", {})}
        if status >= "400":
            response["content"] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _without_null(node: Any) -> Any:  # noqa: ANN401 - any JSON
    """`X or null` becomes X: an absent field says the same, and older readers understand it."""
    if isinstance(node, list):
        return [_without_null(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    choices = node.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        rest = [choice for choice in choices if choice != {"type": "null"}]
        kept = {
            key: value for key, value in node.items() if key != "anyOf" and not (key == "default" and value is None)
        }
        node = {**kept, **rest[0]} if len(rest) == 1 else {**kept, "anyOf": rest}
    return {key: _without_null(value) for key, value in node.items()}
