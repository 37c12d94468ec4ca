"""Routes under `/internal`, which only another service may call."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, cast

from fastapi import Request

from shared.web.problem import Problem
from shared.web.rate_limit import TooManyRequests

if TYPE_CHECKING:
    from shared.web.app import Web


# Longer than any token is accepted (`shared.access.service_tokens`).
ONCE: Final = "1/2 minutes"


def called_by(*services: str) -> Callable[[Request], Awaitable[str]]:
    """Dependency for `/internal` routes: the calling service's name, one of these; else 401 or 403.

    A token is taken once, by all web processes of a service together while they share a Redis. Without one, or while
    it is away, each process remembers its own: a mail must not wait for Redis, and a token lives a minute only.
    """

    async def dependency(request: Request) -> str:
        web = cast("Web", request.app.state.web)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        caller = web.service_tokens.read(token) if scheme.lower() == "bearer" else None
        if caller is None:
            raise _unknown()
        request.state.calling_service = caller.service
        if caller.service not in services:
            raise Problem(403, "Dit mag niet", f"De dienst {caller.service} mag dit niet vragen.")
        try:
            await web.limiter.hit(f"question-to-{web.service}", f"{caller.service} {caller.mark}", ONCE)
        except TooManyRequests:
            raise _unknown() from None
        return caller.service

    return dependency


def _unknown() -> Problem:
    headers = {"WWW-Authenticate": "Bearer"}
    return Problem(401, "Onbekende afzender", "Stuur een geldig servicetoken mee.", headers=headers)
