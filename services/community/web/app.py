"""Community's web app: gatherings for everybody, and what the desk does with them."""

from fastapi import APIRouter, FastAPI

from services.community.ports import CommunityUnit
from services.community.ports.calendars import CalendarFiles
from services.community.ports.examples import Commonness
from services.community.ports.replies import ReplyDrafts
from services.community.settings import CommunitySettings
from services.community.web import internal
from services.community.web.audited import AUDITED
from services.community.web.dependencies import Dependencies
from services.community.web.pages import (
    appointments,
    attendance,
    calendars,
    example_papers,
    example_steps,
    examples,
    expertise,
    following,
    gatherings,
    hosting,
    introductions,
    invitations,
    materials,
    needs_round,
    organising,
    participants,
    places,
    preparing,
    seat,
    series,
    sign_up,
    sparring,
    sparring_answer,
    sparring_article,
    sparring_draft,
    sparring_question,
    speakers,
    steps,
    subject,
    table_wish,
    tables,
    themes,
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
    commonness: Commonness,
    replies: ReplyDrafts,
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
    app.state.dependencies = Dependencies(
        units=units, templates=templates, calendars=files, people=people, commonness=commonness, replies=replies
    )
    return app


def _pages() -> APIRouter:
    """First the pages with a word in their path, then those with an id."""
    pages = APIRouter()
    with_words = (
        calendars, introductions, invitations, places, series, table_wish, appointments, seat, hosting, expertise,
        following, needs_round, voting, subject, topics, vision, organising, examples, example_steps,
    )  # fmt: skip
    of_one = (
        themes,
        materials,
        preparing,
        steps,
        sign_up,
        speakers,
        participants,
        tables,
        attendance,
        example_papers,
        gatherings,
    )
    of_colleagues = (sparring, sparring_answer, sparring_draft, sparring_article, sparring_question)
    for page in (*with_words, *of_one, *of_colleagues):
        pages.routes.extend(page.router.routes)
    return pages
