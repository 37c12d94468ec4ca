"""Intake's web app."""

from functools import partial
from typing import Final, cast

from fastapi import APIRouter, FastAPI

from services.intake.domain.break_glass import ReasonNeeded
from services.intake.domain.progress import NextStep
from services.intake.ports import IntakeUnit
from services.intake.ports.shelf import ArticleShelf
from services.intake.settings import IntakeSettings
from services.intake.web import api, internal
from services.intake.web.audited import AUDITED, find_meant
from services.intake.web.dependencies import Dependencies
from services.intake.web.family_door import NobodyIsIn, ask_code
from services.intake.web.fast_submit import receipt
from services.intake.web.pages import (
    api_docs,
    ask,
    ask_sending,
    birth,
    case,
    cases,
    consent,
    correcting,
    course,
    ending,
    erasing,
    family,
    family_asks,
    family_consent,
    family_door,
    family_link,
    family_take,
    family_telling,
    family_voice,
    for_yourself,
    handing_over,
    handing_over_all,
    help_felt,
    household,
    inventory,
    need_category,
    overview,
    own_stories,
    partner_consent,
    partner_data,
    passing_on,
    safety,
    same_child,
    signals,
)
from services.intake.web.replies import Addresses
from services.intake.web.school_systems import SchoolSystems
from services.intake.web.submitting import Submitting
from services.intake.web.words import next_steps
from shared.access.people_book import PeopleBook
from shared.kernel.city import City
from shared.runtime.service import Parts
from shared.runtime.worker import web_checks
from shared.unit_of_work import Units
from shared.web.app import Web, create_app
from shared.web.pages import Templates

PACKAGE: Final = "services.intake"


def web_app(
    settings: IntakeSettings, parts: Parts, units: Units[IntakeUnit], people: PeopleBook, shelf: ArticleShelf
) -> FastAPI:
    """The API and the pages. Nothing in the way of a request needs Kafka or Redis.

    `people`: whom pages name. `shelf`: what may be read beside them.
    """
    templates, addresses = Templates(PACKAGE), Addresses(settings.public_url)
    app = create_app(
        service="intake",
        settings=settings,
        parts=parts,
        templates=templates,
        pages=_pages(),
        apis=api.APIS,
        internal=internal.router,
        units=units,
        checks=web_checks(parts),
        table=AUDITED,
        find_meant=find_meant,
    )
    app.state.dependencies = Dependencies(
        units=units,
        templates=templates,
        submitting=_submitting(units, addresses, settings.city),
        addresses=addresses,
        school_systems=SchoolSystems(units, parts.clock, cast("Web", app.state.web).api_limit),
        ids=parts.ids,
        city=settings.city,
        people=people,
        shelf=shelf,
    )
    return _with_questions(app)


def _with_questions(app: FastAPI) -> FastAPI:
    """What is asked first of whoever comes without it: a reason, or a family's code."""
    app.add_exception_handler(ReasonNeeded, case.ask_why)
    app.add_exception_handler(NobodyIsIn, ask_code)
    return app


def _submitting(units: Units[IntakeUnit], addresses: Addresses, city: City) -> Submitting:
    then = next_steps(city)[NextStep.INVENTORY]
    return Submitting(units, partial(receipt, addresses=addresses, what_happens_next=then))


def _pages() -> APIRouter:
    """`/aanvragen/nieuw` comes before `/aanvragen/{case_id}`, and its own verbs before the names of its pages."""
    together = APIRouter()
    for page in (
        for_yourself,
        ask_sending, ask, passing_on, partner_data, signals, safety, handing_over_all, own_stories, help_felt, cases,
        handing_over, need_category, partner_consent, consent, household, same_child, birth, correcting, inventory,
        overview, family_link, family_asks, ending, erasing, course, case, api_docs, family_door, family, family_voice,
        family_telling, family_take, family_consent,
    ):  # fmt: skip
        together.routes.extend(page.router.routes)
    return together
