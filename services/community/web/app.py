"""Community's web app: gatherings for everybody, and what the desk does with them."""

from fastapi import APIRouter, FastAPI

from services.community.ports import CommunityUnit
from services.community.settings import CommunitySettings
from services.community.web import internal, internal_cards
from services.community.web.audited import AUDITED
from services.community.web.card_forms import MOST_BYTES
from services.community.web.dependencies import Beside, Dependencies
from services.community.web.pages import (
    appointments,
    attendance,
    calendars,
    card_codes,
    card_mails,
    card_photos,
    company,
    example_papers,
    example_steps,
    examples,
    expertise,
    faces,
    following,
    gatherings,
    hosting,
    introductions,
    invitations,
    knowledge,
    knowledge_editing,
    knowledge_owners,
    knowledge_proposals,
    load,
    materials,
    needs_round,
    notices,
    organising,
    own_card,
    participants,
    passport,
    passport_pilot,
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
    thanks,
    themes,
    topics,
    vision,
    voting,
)
from shared.runtime.service import Parts
from shared.runtime.worker import web_checks
from shared.unit_of_work import Units
from shared.web.app import create_app
from shared.web.pages import Templates


def web_app(
    settings: CommunitySettings,
    parts: Parts,
    units: Units[CommunityUnit],
    beside: Beside,
) -> FastAPI:
    """What the proxy sends `/bijeenkomsten`, `/sparren`, `/kennisbank` and `/gezichten` to."""
    templates = Templates("services.community")
    app = create_app(
        service="community",
        settings=settings,
        parts=parts,
        templates=templates,
        pages=_pages(),
        internal=_internal(),
        units=units,
        checks=web_checks(parts),
        table=AUDITED,
        uploads={card_photos.PATH: MOST_BYTES},
    )
    app.state.dependencies = Dependencies(units=units, templates=templates, **vars(beside))
    return app


def _internal() -> APIRouter:
    """What other services ask."""
    asked = APIRouter()
    for one in (internal, internal_cards):
        asked.routes.extend(one.router.routes)
    return asked


def _pages() -> APIRouter:
    """First the pages with a word in their path, then those with an id."""
    pages = APIRouter()
    with_words = (
        load, thanks, passport_pilot, passport, company, notices,
        calendars, introductions, invitations, places, series, table_wish, appointments, seat, hosting, expertise,
        following, needs_round, voting, subject, topics, vision, organising, examples, example_steps,
        knowledge_editing, knowledge_proposals, knowledge_owners, knowledge,
        card_codes, card_photos, own_card, card_mails, faces,
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
