"""Which school's system is asking, in every service: `Authorization: Bearer` with a token of `POST /v1/tokens`."""

from http import HTTPStatus
from typing import Annotated, Any, Final, cast

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from shared.access.system_tokens import CallingSystem
from shared.web.app import Web
from shared.web.dependencies import client_address
from shared.web.problem import Problem

WRONG_TOKENS: Final = "60/minute"
# Only describes: whoever has no good one gets a problem+json.
BEARER: Final = HTTPBearer(
    auto_error=False, scheme_name="token", description="Het token dat POST /tokens gaf; geldig voor vijf minuten"
)
TOO_OFTEN: Final[dict[str, Any]] = {
    "description": "Te vaak gevraagd, of te vaak een verkeerde sleutel of een verkeerd token",
    "headers": {
        "Retry-After": {"description": "Over hoeveel seconden het weer kan", "schema": {"type": "integer"}},
        "RateLimit-Policy": {
            "description": "Hoe vaak het mag: per sleutel of per contactpersoon, het aantal (q) per seconden (w)",
            "schema": {"type": "string", "example": '"key";q=600;w=60'},
        },
        "RateLimit": {
            "description": "Hoeveel er over is (r), en over hoeveel seconden er weer bij komt (t)",
            "schema": {"type": "string", "example": '"key";r=0;t=12'},
        },
    },
}
UNKNOWN_SENDER: Final[dict[int | str, dict[str, Any]]] = {
    HTTPStatus.UNAUTHORIZED: {"description": "De sleutel of het token ontbreekt, klopt niet, of geldt niet meer"},
    HTTPStatus.TOO_MANY_REQUESTS: TOO_OFTEN,
}
NOT_THERE: Final[dict[int | str, dict[str, Any]]] = {
    HTTPStatus.NOT_FOUND: {"description": "Niet gevonden, of niet van jouw organisatie"},
    **UNKNOWN_SENDER,
}


def bearer_of(request: Request) -> str:
    """What stands behind `Bearer`; empty when nothing does."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def unknown_system(detail: str) -> Problem:
    """Nobody knows who this is."""
    headers = {"WWW-Authenticate": "Bearer"}
    return Problem(HTTPStatus.UNAUTHORIZED, "Onbekende afzender", detail, code="api-key-needed", headers=headers)


async def system_by_token(request: Request, token: str) -> CallingSystem:
    """Whose token this is. Raises a 401 Problem, or a 429 for who tries or asks too often."""
    web = cast("Web", request.app.state.web)
    system = web.system_tokens.read(token, web.clock.now())
    if system is None:
        await web.limiter.hit("api-key", client_address(request), WRONG_TOKENS)
        raise unknown_system("Dit token kennen wij niet, of het geldt niet meer. Vraag een nieuw: POST /v1/tokens.")
    if web.standing is None or not await web.standing.speaks_for_ambassador(system):
        raise unknown_system("Voor deze persoon geldt de API-sleutel niet meer.")
    request.state.system = system
    await web.api_limit.count(system)
    return system


async def _calling_system(request: Request, _: Annotated[object, Security(BEARER)]) -> CallingSystem:
    token = bearer_of(request)
    if not token:
        raise unknown_system("Het token ontbreekt. Vraag er een met jouw API-sleutel: POST /v1/tokens.")
    return await system_by_token(request, token)


# A route names it before its `Unit`: who is refused holds no connection.
TheCallingSystem = Annotated[CallingSystem, Depends(_calling_system)]
