"""Style sheets, images and a script: all local, each address carries the hash of its content, so that it may be kept.

`nlds.css` (NL Design System components) is built by `make assets`; without it the pages are plain but readable.
"""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from shared.kernel.city.site import LOGO

HERE: Final = Path(__file__).parent
MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# In the order in which the page loads them: a theme sets tokens, the last word is our own layout's.
STYLESHEETS: Final = ("nlds.css", "theme.css", "schakel.css")
ICON: Final = "schakel.svg"
# Only for pages that load it (`security.with_script`): they work without.
READ_ALOUD: Final = "read_aloud.js"
# A part of a page, not sent by itself: the API's operations, written by `make assets`.
API_PART: Final = HERE / "static" / "api.html"
FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to be sent."""

    name: str
    media_type: str
    content: bytes
    zipped: bytes
    digest: str

    @property
    def path(self) -> str:
        """Its address, with the hash of its content."""
        stem, dot, suffix = self.name.rpartition(".")
        return f"/static/{stem}.{self.digest}{dot}{suffix}"


def asset_of(name: str, content: bytes) -> Asset:
    """Ready to be sent under this name."""
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(name, MEDIA_TYPES[Path(name).suffix], content, gzip.compress(content, mtime=0), digest)


@cache
def assets(theme: Path | None = None) -> Mapping[str, Asset]:
    """Every asset by its name. `theme` replaces our own theme by a city's."""
    files = {
        file.name: file
        for folder in ("static", "style")
        for file in (HERE / folder).glob("*")
        if file.suffix in MEDIA_TYPES
    }
    if theme is not None:
        files["theme.css"] = theme
    return {name: asset_of(name, file.read_bytes()) for name, file in sorted(files.items())}


def stylesheets(theme: Path | None = None) -> list[str]:
    """Addresses of the style sheets that are there, in order."""
    return [known[name].path for name in STYLESHEETS if name in (known := assets(theme))]


class StaticFiles:
    """Serves the assets at `/static/…`; anything else there is 404."""

    def __init__(self, theme: Path | None = None, logo: bytes = b"") -> None:
        known = [*assets(theme).values(), *([asset_of(LOGO, logo)] if logo else [])]
        self._by_path = {asset.path: asset for asset in known}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One file."""
        asset = self._by_path.get(scope["path"])
        response: Response
        if asset is None:
            response = PlainTextResponse("Niet gevonden", status_code=404)
        else:
            response = _sent(asset, zipped="gzip" in Headers(scope=scope).get("accept-encoding", ""))
        await response(scope, receive, send)


def _sent(asset: Asset, *, zipped: bool) -> Response:
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(asset.zipped if zipped else asset.content, media_type=asset.media_type, headers=headers)
