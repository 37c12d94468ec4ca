"""What a public site says of itself: who can use it, its cookies, where a leak is reported, and what may be found."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

from babel.dates import format_timedelta
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse

from services.matching.web.dependencies import TheDependencies
from services.matching.web.sign_in_cookies import DEVICE, ELSEWHERE, ON_THE_WAY
from shared.access.sessions import COOKIE, IDLE_FOR, SESSION_LASTS
from shared.web.dependencies import TheWeb
from shared.web.errors import WORDS
from shared.web.languages import gettext, read_in_languages, reading
from shared.web.problem import Problem
from shared.web.security_txt import security_txt
from shared.web.site import EMBEDDED, FOUND_SEGMENTS

# When every page was last tested whole, and with which version of axe-core; whoever renews that one tests again.
TESTED_ON: Final = date(2026, 11, 30)
AXE: Final = "4.14.1"
router = APIRouter()


@router.get("/toegankelijkheid", dependencies=[Depends(read_in_languages)])
async def accessibility(request: Request, dependencies: TheDependencies) -> Response:
    """Whether everybody can use the site, how that was tested, and whom to tell when not."""
    return dependencies.templates.page(request, "accessibility.html", tested_on=TESTED_ON, axe=AXE)


@router.get("/cookies", dependencies=[Depends(read_in_languages)])
async def cookies(request: Request, dependencies: TheDependencies) -> Response:
    """All of them, and how long they stay."""
    minutes, hours = int(IDLE_FOR.total_seconds() // 60), int(SESSION_LASTS.total_seconds() // 3600)
    on_device = gettext("Dat je op dit apparaat eerder inlogde. Zo houdt niemand anders je buiten.")
    while_signed_in = gettext(
        "Hoe lang: tot je uitlogt, of %(minutes)s minuten niets doet. Hooguit %(hours)s uur.",
        minutes=minutes, hours=hours,
    )  # fmt: skip
    named = (
        (COOKIE, gettext("Dat je ingelogd bent."), while_signed_in),
        (ON_THE_WAY.name, gettext("Dat je bezig bent met inloggen."), _lasts(ON_THE_WAY.lasts)),
        (ELSEWHERE.name, gettext("Dat je inlogt met het account van je eigen organisatie."), _lasts(ELSEWHERE.lasts)),
        (DEVICE.name, on_device, _lasts(DEVICE.lasts)),
        (
            "schakel_gezin",
            gettext("Dat een gezin zijn eigen pagina leest."),
            gettext("Hoe lang: tot je op “Sluiten” drukt. Hooguit 30 minuten."),
        ),
        ("schakel_gelukt", gettext("Wat je net deed. De pagina zegt het je één keer."), _lasts(timedelta(minutes=1))),
    )
    return dependencies.templates.page(request, "cookies.html", cookies=named, secure_prefix="__Host-")


def _lasts(time: timedelta) -> str:
    return gettext("Hoe lang: %(time)s.", time=format_timedelta(time, threshold=1.5, locale=reading().locale))


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
