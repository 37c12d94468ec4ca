"""What somebody sees who must sign in first: the page to do so; and a form that was just sent is not lost."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import cast
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from shared.access.sessions import Sessions
from shared.web.forms import typed_in
from shared.web.pages import Templates
from shared.web.request_guard import SAFE_METHODS


def sign_in_first(templates: Templates) -> Callable[[Request, Exception], Awaitable[Response]]:
    """To the sign-in page and back again; what was being sent waits on the page, in the browser only."""

    async def answer(request: Request, _: Exception) -> Response:
        if request.method in SAFE_METHODS:
            there = f"/inloggen?naar={quote(request.url.path, safe='/')}"
            return _signed_out(request, RedirectResponse(there, status_code=HTTPStatus.SEE_OTHER))
        path, typed = request.url.path, await typed_in(request)
        page = templates.page(request, "signed_out.html", HTTPStatus.UNAUTHORIZED, path=path, typed=typed)
        return _signed_out(request, page)

    return answer


def _signed_out(request: Request, response: Response) -> Response:
    """A cookie that holds no longer goes, so that the head of the next page does not name somebody."""
    sessions = cast("Sessions", request.app.state.web.sessions)
    if sessions.cookie in request.cookies:
        sessions.sign_out(response)
    return response
