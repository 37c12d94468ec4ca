"""Community's web app: gatherings for everybody, and what the desk does with them."""

from fastapi import APIRouter, FastAPI

from services.community.ports import CommunityUnit
from services.community.ports.calendars import CalendarFiles
from services.community.settings import CommunitySettings
from services.community.web import internal
from services.community.web.audited import AUDITED
from services.community.web.dependencies import Dependencies
from services.community.web.pages import (
    appointments,
    attendance,
    calendars,
    expertise,
    gatherings,
    hosting,
    introductions,
    invitations,
    needs_round,
    organising,
    participants,
    places,
    seat,
    series,
    sign_up,
    speakers,
    steps,
    subject,
    table_wish,
    tables,
    topics,
    vision,
    voting,
)
from shared.access.people_book import PeopleBook
from shared.runtime.service import Parts
from shared.runtime.worker import web_checks
from shared.unit_of_work import Units
from shared.web.app import create_app
from shared.web.pages import Templates


def web_app(
    settings: CommunitySettings,
    parts: Parts,
    units: Units[CommunityUnit],
    files: CalendarFiles,
    people: PeopleBook,
) -> FastAPI:
    """What the proxy sends `/bijeenkomsten` to."""
    templates = Templates("services.community")
    app = create_app(
        service="community",
        settings=settings,
        parts=parts,
        templates=templates,
        pages=_pages(),
        internal=internal.router,
        units=units,
        checks=web_checks(parts),
        table=AUDITED,
    )
    app.state.dependencies = Dependencies(units=units, templates=templates, calendars=files, people=people)
    return app


def _pages() -> APIRouter:
    """First the pages with a word in their path, then those with an id."""
    pages = APIRouter()
    with_words = (
        calendars, introductions, invitations, places, series, table_wish, appointments, seat, hosting, expertise,
        needs_round, voting, subject, topics, vision, organising,
    )  # fmt: skip
    for page in (*with_words, steps, sign_up, speakers, participants, tables, attendance, gatherings):
        pages.routes.extend(page.router.routes)
    return pages
