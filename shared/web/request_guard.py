"""What is looked at before a request reaches a route: size, form, origin. Plain ASGI, so that nothing slips past it."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web.json_body import check_json, nul_problem
from shared.web.problem import Problem
from shared.web.site import is_for_machines

MAX_BODY: Final = 64 * 1024
# Letters of other scripts take six bytes each in a form; three long texts and a story must fit.
MAX_FORM: Final = 256 * 1024
BODY_WITHIN_SECONDS: Final = 20.0
# What is too large is read all the same when it is no more than this, and no longer than this.
READ_ON_BYTES: Final = 32 * 1024 * 1024
READ_ON_SECONDS: Final = 5.0
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# No other: the parts of multipart/form-data name their own charset, and what is looked for here would be hidden in it.
FORM_TYPE: Final = "application/x-www-form-urlencoded"
# But where a file is sent; the route of a file reads it with that in mind.
FILE_TYPE: Final = "multipart/form-data"
FILE_WITHIN_SECONDS: Final = 120.0
AROUND_A_FILE: Final = 16 * 1024
FILE_TOO_LARGE: Final = "Het bestand is te groot"

Refuse = Callable[[Request, Problem], Response]


class HeadAsGet:
    """HEAD is a GET whose body is not sent: mail scanners use it, and it must change and reveal no more than GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)


class Guard:
    """Reads the whole body (64 KiB at most, a form 256) before the app does, and refuses what no route should see.

    `uploads`: the paths where a file may be sent, and how large. Such a body is left for the route to read, so that
    whoever may not send it is refused before: it is counted as it comes, and what is in it the route looks at.
    """

    def __init__(
        self, app: ASGIApp, *, refuse: Refuse, public_url: str, uploads: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._origin = origin_of(public_url)
        self._uploads = uploads or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on with its body, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._check_head(scope)
            if scope["method"] == "POST" and scope["path"] in self._uploads:
                counted = await _counted(Headers(scope=scope), receive, self._uploads[scope["path"]])
                await self._app(scope, counted, send)
                return
            limit = MAX_BODY if is_for_machines(scope["path"]) else MAX_FORM
            body = b"" if scope["method"] in SAFE_METHODS else await _read(Headers(scope=scope), receive, limit)
            if body is None:
                return
            if body:
                _check_body(scope, body)
        except Problem as problem:
            await self._refuse(Request(scope), problem)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    def _check_head(self, scope: Scope) -> None:
        if b"%00" in scope.get("raw_path", b"") or "\0" in scope["path"]:
            raise nul_problem(parameter="path")
        if b"%00" in scope["query_string"]:
            raise nul_problem(parameter="query")
        if scope["method"] not in SAFE_METHODS and not is_for_machines(scope["path"]):
            _check_origin(Headers(scope=scope), self._origin)


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _check_origin(headers: Headers, own: str) -> None:
    """A form is taken from our own pages only; browsers say where it came from."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin", "").lower()
    if site is not None:
        allowed = site in ("same-origin", "none")
    else:
        # Compared as it is written: what is no address at all is not ours either.
        host = origin.partition("://")[2]
        allowed = origin == own or (host != "" and host == headers.get("host", "").lower())
    if not allowed:
        raise Problem(
            403,
            "Dit formulier komt van een andere site",
            "Open de pagina opnieuw en verstuur het formulier daar.",
            code="other-origin",
        )


async def _read(headers: Headers, receive: Receive, limit: int) -> bytes | None:
    """The whole body; None when the sender left."""
    await _check_length(headers, receive, limit, _too_large(limit))
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_WITHIN_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                chunks.append(message.get("body", b""))
                size += len(chunks[-1])
                if size > limit:
                    raise _too_large(limit)
                if not message.get("more_body", False):
                    return b"".join(chunks)
    except TimeoutError:
        raise _too_late() from None


async def _counted(headers: Headers, receive: Receive, limit: int) -> Receive:
    """The body of a file as it comes, up to `limit` with what a browser writes around it. Raises Problem."""
    most = limit + AROUND_A_FILE
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FILE_TYPE:
        raise _wrong_type(kind, FILE_TYPE)
    await _check_length(headers, receive, most, _too_large(limit, FILE_TOO_LARGE))
    size, until = 0, asyncio.get_running_loop().time() + FILE_WITHIN_SECONDS

    async def counted() -> Message:
        nonlocal size
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            raise _too_late() from None
        size += len(message.get("body", b""))
        if size > most:
            raise _too_large(limit, FILE_TOO_LARGE)
        return message

    return counted


async def _check_length(headers: Headers, receive: Receive, most: int, refusal: Problem) -> None:
    """Raise this when the body says itself that it is too large, once it is there.

    A proxy that still sends it when the answer comes sees a connection that broke off, and tells of no answer.
    """
    told = headers.get("content-length", "")
    if not told.isdecimal() or int(told) <= most:
        return
    if int(told) <= READ_ON_BYTES:
        with suppress(TimeoutError):
            async with asyncio.timeout(READ_ON_SECONDS):
                while (await receive()).get("more_body", False):
                    pass
    raise refusal


def _too_late() -> Problem:
    return Problem(408, "Het duurde te lang", "Het bericht kwam niet op tijd binnen. Stuur het nog eens.")


def _too_large(limit: int, title: str = "Het bericht is te groot") -> Problem:
    most = f"{limit // 1024} KiB" if limit < 1024 * 1024 else f"{limit // (1024 * 1024)} MB"
    return Problem(
        413,
        title,
        f"Het mag hooguit {most} zijn.",
        code="body-too-large",
        headers={"Connection": "close"},
    )


def _check_body(scope: Scope, body: bytes) -> None:
    kind = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
    if is_for_machines(scope["path"]):
        if kind != "application/json" and not kind.endswith("+json"):
            raise _wrong_type(kind, "application/json")
        check_json(body)
    elif kind != FORM_TYPE:
        raise _wrong_type(kind, FORM_TYPE)
    elif b"\0" in body or b"%00" in body:
        raise nul_problem(pointer="")


def _wrong_type(kind: str, wanted: str) -> Problem:
    given = f"niet {kind[:80]}" if kind else "en die ontbreekt"
    return Problem(
        415, "Onbekend soort bericht", f"De Content-Type moet {wanted} zijn, {given}.", code="wrong-content-type"
    )


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
