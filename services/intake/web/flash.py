"""What was just done is said once: the address that says so leads to the same page without it.

A page that is loaded again, or kept as a bookmark, never says "Gelukt" of something that happened long ago.
"""

from http import HTTPStatus
from typing import Final

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

COOKIE: Final = "schakel_gelukt"
SECONDS: Final = 60


def to_say_once(request: Request, word: str) -> Response:
    """On to the same page, which then says this once."""
    response = RedirectResponse(request.url.path, status_code=HTTPStatus.SEE_OTHER)
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, word, max_age=SECONDS, path=request.url.path, httponly=True, samesite="lax", secure=secure
    )
    return response


def said_once(request: Request) -> str:
    """The word that is to be said now; empty when there is none."""
    return request.cookies.get(COOKIE, "")


def is_said(request: Request, response: Response) -> Response:
    """Forget it."""
    if COOKIE in request.cookies:
        response.delete_cookie(COOKIE, path=request.url.path, httponly=True, samesite="lax")
    return response
