"""Routes under `/internal`, which only another service may call."""

from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import Request

from shared.access.service_tokens import ServiceTokens
from shared.web.problem import Problem


def called_by(*services: str) -> Callable[[Request], Awaitable[str]]:
    """Dependency for `/internal` routes: the calling service's name, one of these; else 401 or 403."""

    async def dependency(request: Request) -> str:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        tokens = cast("ServiceTokens", request.app.state.web.service_tokens)
        caller = tokens.read(token) if scheme.lower() == "bearer" else None
        if caller is None:
            raise Problem(
                401, "Onbekende afzender", "Stuur een geldig servicetoken mee.", headers={"WWW-Authenticate": "Bearer"}
            )
        if caller not in services:
            raise Problem(403, "Dit mag niet", f"De dienst {caller} mag dit niet vragen.")
        return caller

    return dependency
