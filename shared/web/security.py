"""Headers that every reply carries. A route that set one of them itself keeps its own."""

from collections.abc import Sequence
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web.site import is_for_machines, is_open_data, may_be_found

# Nothing but our own styles and images; no script, so none can be slipped in (`with_script`: one of our files).
_OWN_ONLY: Final = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
_FRAMED_BY: Final = "frame-ancestors"
CONTENT_SECURITY: Final = f"{_OWN_ONLY}; {_FRAMED_BY} 'none'"
ALWAYS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Other sites never learn an address of ours (it may hold a link token); our own do, so that a browser still says
    # from where a form came.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # What a page holds is for this person only; files that may be kept say so themselves.
    "Cache-Control": "no-store",
}
# Open data is for every site, and never with a cookie; a browser asks first whether it may send `If-None-Match`.
OPEN_DATA: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "API-Version, ETag",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
TRANSPORT: Final = "max-age=31536000"


def framed_by(origins: Sequence[str]) -> dict[str, str]:
    """Headers of a page that these sites, and no other, may show inside their own."""
    sites = " ".join(origins) or "'none'"
    return {"Content-Security-Policy": f"{_OWN_ONLY}; {_FRAMED_BY} {sites}"}


def with_script() -> dict[str, str]:
    """Headers of a page that may load a script of ours from its own file; none that stands in the page."""
    return {"Content-Security-Policy": f"{_OWN_ONLY}; script-src 'self'; {_FRAMED_BY} 'none'"}


class SecurityHeaders:
    """Puts them on; and `API-Version` on replies for machines."""

    def __init__(self, app: ASGIApp, *, https: bool, api_version: str) -> None:
        self._app = app
        self._https = https
        self._api_version = api_version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self._app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, path: str) -> None:
        for name, value in ({**ALWAYS, **OPEN_DATA} if is_open_data(path) else ALWAYS).items():
            headers.setdefault(name, value)
        if f"{_FRAMED_BY} 'none'" not in headers["Content-Security-Policy"]:
            # The older word for it knows no single sites.
            del headers["X-Frame-Options"]
        if not may_be_found(path):
            headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if self._https:
            headers.setdefault("Strict-Transport-Security", TRANSPORT)
        if is_for_machines(path):
            headers.setdefault("API-Version", self._api_version)
