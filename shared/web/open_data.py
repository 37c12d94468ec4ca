"""Open data: any site may read it, without cookies; whoever has it already is told so in a few bytes."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from pydantic import BaseModel

# In a description of an API.
NOT_THERE: Final[dict[int | str, dict[str, Any]]] = {404: {"description": "Dit is er niet (meer)"}}
SAME: Final[dict[int | str, dict[str, Any]]] = {304: {"description": "Je hebt dit al (If-None-Match)"}}
# What stays the same may be kept, and is asked about each time.
CACHE: Final = "public, no-cache"


def open_data(request: Request, found: BaseModel) -> Response:
    """The answer as JSON, without what nobody said; 304 when the asker has just this (`If-None-Match`, RFC 9110)."""
    body = found.model_dump_json(exclude_none=True).encode()
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": CACHE}
    if _has(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _has(request: Request, tag: str) -> bool:
    """A weak tag counts as well: a proxy that compresses makes it so."""
    said = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return tag in said or "*" in said
