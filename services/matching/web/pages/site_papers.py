"""What a public site says of itself: who can use it, its cookies, where a leak is reported, and what may be found."""

from datetime import date
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from services.matching.web.dependencies import TheDependencies
from services.matching.web.sign_in_cookies import DEVICE, ELSEWHERE, ON_THE_WAY
from shared.access.sessions import COOKIE, IDLE_FOR, SESSION_LASTS
from shared.web.dependencies import TheWeb
from shared.web.errors import WORDS
from shared.web.problem import Problem
from shared.web.security_txt import security_txt
from shared.web.site import EMBEDDED, FOUND_SEGMENTS

# When every page was last tested whole, and with which version of axe-core; whoever renews that one tests again.
TESTED_ON: Final = date(2026, 11, 30)
AXE: Final = "4.14.1"
router = APIRouter()


@router.get("/toegankelijkheid")
async def accessibility(request: Request, dependencies: TheDependencies) -> Response:
    """Whether everybody can use the site, how that was tested, and whom to tell when not."""
    return dependencies.templates.page(request, "accessibility.html", tested_on=TESTED_ON, axe=AXE)


@router.get("/cookies")
async def cookies(request: Request, dependencies: TheDependencies) -> Response:
    """All of them, and how long they stay."""
    minutes, hours = int(IDLE_FOR.total_seconds() // 60), int(SESSION_LASTS.total_seconds() // 3600)
    on_device = "Dat je op dit apparaat eerder inlogde. Zo houdt niemand anders je buiten."
    at_sign_in = f"{int(ON_THE_WAY.lasts.total_seconds() // 60)} minuten"
    named = (
        (COOKIE, "Dat je ingelogd bent.", f"Tot je uitlogt, of {minutes} minuten niets doet. Hooguit {hours} uur."),
        (ON_THE_WAY.name, "Dat je bezig bent met inloggen.", at_sign_in),
        (ELSEWHERE.name, "Dat je inlogt met het account van je eigen organisatie.", at_sign_in),
        (DEVICE.name, on_device, f"{DEVICE.lasts.days} dagen"),
        ("schakel_gelukt", "Wat je net deed. De pagina zegt het je één keer.", "1 minuut"),
    )  # fmt: skip
    return dependencies.templates.page(request, "cookies.html", cookies=named)


@router.get("/robots.txt")
async def robots() -> Response:
    """The map and its open data may be found, with what their pages are made of; nothing else."""
    lines = ["User-agent: *", f"Disallow: {EMBEDDED}", *(f"Allow: /{each}" for each in (*FOUND_SEGMENTS, "static"))]
    return PlainTextResponse("\n".join([*lines, "Disallow: /", ""]))


@router.get("/.well-known/security.txt")
async def security(web: TheWeb, dependencies: TheDependencies) -> Response:
    """Where a leak is reported (RFC 9116)."""
    text = security_txt(dependencies.city, dependencies.public_url, dependencies.city.day_of(web.clock.now()))
    if not text:
        raise Problem(HTTPStatus.NOT_FOUND, *WORDS[HTTPStatus.NOT_FOUND])
    return PlainTextResponse(text)
