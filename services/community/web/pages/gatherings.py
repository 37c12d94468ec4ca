"""`/bijeenkomsten`: what comes and what was, and one gathering: for everybody. The desk has its drafts and buttons."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.community.domain.gathering import Gathering
from services.community.domain.hosting import FILLING, HOSTS_NEEDED, HostTurn
from services.community.domain.sign_up import SeenBy
from services.community.handlers.attendance import show_share_of_year
from services.community.handlers.gatherings import find_gathering, is_where_it_was, place_of, show_gatherings
from services.community.handlers.participants import show_who_comes
from services.community.handlers.preparing import show_preparations, show_prepared
from services.community.handlers.programme import show_programme
from services.community.ports import CommunityUnit
from services.community.web.dependencies import MAY_HOST, TheDependencies, Unit, Visitor, is_at_the_desk, may_organise
from services.community.web.reaches import ANNOUNCE, ASK_HOSTS, BASE
from services.community.web.views import view_of, views_of
from services.community.web.words import TURNS
from shared.access.sessions import Session
from shared.events.gathering_letters import CalendarMethod
from shared.web.auditing import unit_of
from shared.web.languages import read_in_languages

router = APIRouter(prefix=BASE)


@router.get("", dependencies=[Depends(read_in_languages)])
async def overview(request: Request, dependencies: TheDependencies, visitor: Visitor, unit: Unit) -> Response:
    """What comes first, then what was."""
    at_the_desk = is_at_the_desk(visitor)
    coming, past = await show_gatherings(unit, at_the_desk=at_the_desk)
    return dependencies.templates.page(
        request,
        "gatherings.html",
        coming=await views_of(coming, unit),
        past=await views_of(past, unit),
        tenths=(await show_share_of_year(unit)).tenths,
        at_the_desk=at_the_desk,
        may_host=visitor is not None and visitor.role in MAY_HOST,
        may_organise=may_organise(visitor),
    )


@router.get("/{gathering_id}/bijeenkomst.ics")
async def calendar_file(gathering_id: UUID, dependencies: TheDependencies, unit: Unit) -> Response:
    """For calendars: what stands on the page, and nobody's name."""
    found = await find_gathering(gathering_id, unit)
    place = await place_of(found.details, unit)
    content = dependencies.calendars.write(found, place, CalendarMethod.PUBLISH, unit.now)
    return Response(content, media_type="text/calendar; charset=utf-8")


@router.get("/{gathering_id}", dependencies=[Depends(read_in_languages)])
async def gathering(request: Request, gathering_id: UUID, dependencies: TheDependencies, visitor: Visitor) -> Response:
    """One, with all that whoever comes wants to know; the desk reads who hosts."""
    async with unit_of(request, dependencies.units) as unit:
        shown = await _shown(gathering_id, visitor, unit)
    turns: list[HostTurn] = shown.get("turns", [])
    # Who they are is asked of another service, and never while a unit of work is open.
    people = await dependencies.people.read_people([turn.person_id for turn in turns]) if turns else {}
    shown["turns"] = [(turn, people.get(turn.person_id), TURNS[turn.state]) for turn in turns]
    return dependencies.templates.page(request, "gathering.html", **shown)


async def _shown(gathering_id: UUID, visitor: Session | None, unit: CommunityUnit) -> dict[str, Any]:
    at_the_desk = is_at_the_desk(visitor)
    found = await find_gathering(gathering_id, unit, at_the_desk=at_the_desk)
    place = await place_of(found.details, unit)
    return {
        "view": view_of(found, {place.id: place} if place else {}, unit.city),
        "may_organise": may_organise(visitor),
        "lacks": found.lacks(place, unit.city) if at_the_desk else (),
        "announce": ANNOUNCE,
        "ask_hosts": ASK_HOSTS,
        "is_ahead": found.is_ahead(unit.now),
        "has_begun": found.has_begun(unit.now),
        "may_report": found.can_be_reported(unit.now),
        "others": await show_who_comes(gathering_id, SeenBy.NETWORK, unit) if visitor and found.is_coming else (),
        "prepared": await show_prepared(found, unit),
        "programme": await show_programme(gathering_id, unit),
        **(await _for_who_organises(found, unit) if may_organise(visitor) else {}),
    }


async def _for_who_organises(gathering: Gathering, unit: CommunityUnit) -> dict[str, Any]:
    """Who was asked to host, and whether the place is another one than last time."""
    turns = await unit.turns.list_of(gathering.id)
    hosts = sum(turn.state in FILLING for turn in turns)
    return {
        "turns": turns,
        "preparations": await views_of(await show_preparations(gathering.id, unit), unit),
        "needs_hosts": gathering.is_ahead(unit.now) and hosts < HOSTS_NEEDED,
        "is_same_place": await is_where_it_was(gathering, unit),
    }
