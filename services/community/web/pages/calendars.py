"""Calendars to subscribe to: what everybody may read, and what is only somebody's own, behind a link."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Depends, Request, Response

from services.community.domain.feed import FEED_LASTS
from services.community.handlers.feeds import (
    has_feed,
    make_feed_of_person,
    make_feed_of_seat,
    read_feed,
    read_public_feed,
    stop_feed_of_person,
    stop_feed_of_seat,
)
from services.community.handlers.seats import seat_of_link
from services.community.web.calendar_forms import FeedChoice, PostedFeed
from services.community.web.dependencies import Dependencies, MayHost, TheDependencies, Unit
from services.community.web.reaches import BASE
from services.community.web.reaches_of_calendars import FEED, SEAT_FEED
from shared.web.dependencies import TheWeb
from shared.web.languages import read_in_languages

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
PAGE: Final = f"{BASE}/agenda"
PUBLIC: Final = f"{BASE}/agenda.ics"
router = APIRouter(prefix=BASE)


@router.get("/agenda.ics")
async def public_feed(dependencies: TheDependencies, unit: Unit) -> Response:
    """All that everybody knows of."""
    entries = await read_public_feed(unit)
    name = f"Bijeenkomsten {unit.city.name}"
    return Response(dependencies.calendars.write_feed(entries, name, unit.now), media_type=MEDIA_TYPE)


@router.get("/agenda/{token}.ics")
async def own_feed(token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """What somebody goes to or hosts, without a name."""
    entries = await read_feed(token, unit)
    content = dependencies.calendars.write_feed(entries, "Mijn bijeenkomsten", unit.now)
    return Response(content, media_type=MEDIA_TYPE)


@router.get("/agenda")
async def mine(request: Request, dependencies: TheDependencies, session: MayHost, unit: Unit) -> Response:
    """Whether there is one of what this person hosts."""
    has_one = await unit.feeds.find_of_person(session.person_id) is not None
    return _page(request, dependencies, unit, has_one=has_one)


@router.post("/agenda")
async def choose(
    request: Request, dependencies: TheDependencies, web: TheWeb, session: MayHost, form: PostedFeed, unit: Unit
) -> Response:
    """A new link, which is shown this once; or none any more."""
    if form.data is None:
        has_one = await unit.feeds.find_of_person(session.person_id) is not None
        return _page(request, dependencies, unit, HTTPStatus.BAD_REQUEST, has_one=has_one)
    if form.data.choice is FeedChoice.STOP:
        await stop_feed_of_person(session.person_id, unit)
        return _page(request, dependencies, unit, has_one=False)
    token = await make_feed_of_person(session.person_id, unit)
    return _page(request, dependencies, unit, link=_link(web.public_url, token), has_one=True)


@router.get("/plek/{token}/agenda", dependencies=[Depends(read_in_languages)])
async def of_seat(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """Whether there is one of where this person has a place."""
    has_one = await has_feed(await seat_of_link(token, unit), unit)
    return _page(request, dependencies, unit, seat_token=token, has_one=has_one)


@router.post("/plek/{token}/agenda", dependencies=[Depends(read_in_languages)])
async def choose_for_seat(
    request: Request, token: str, dependencies: TheDependencies, web: TheWeb, form: PostedFeed, unit: Unit
) -> Response:
    """The same, behind the mailed link."""
    seat = await seat_of_link(token, unit)
    if form.data is None:
        has_one = await has_feed(seat, unit)
        return _page(request, dependencies, unit, HTTPStatus.BAD_REQUEST, seat_token=token, has_one=has_one)
    if form.data.choice is FeedChoice.STOP:
        await stop_feed_of_seat(seat, unit)
        return _page(request, dependencies, unit, seat_token=token, has_one=False)
    made = _link(web.public_url, await make_feed_of_seat(seat, unit))
    return _page(request, dependencies, unit, seat_token=token, link=made, has_one=True)


def _link(public_url: str, token: str) -> str:
    return f"{public_url}{BASE}/agenda/{token}.ics"


def _page(
    request: Request,
    dependencies: Dependencies,
    unit: Unit,
    status: int = HTTPStatus.OK,
    *,
    has_one: bool,
    link: str = "",
    seat_token: str = "",
) -> Response:
    return dependencies.templates.page(
        request,
        "calendars.html",
        status,
        link=link,
        has_one=has_one,
        until=unit.city.day_of(unit.now + FEED_LASTS),
        path=request.url.path,
        back=f"{BASE}/plek/{seat_token}" if seat_token else "",
        public=PUBLIC,
        reach=SEAT_FEED if seat_token else FEED,
    )
