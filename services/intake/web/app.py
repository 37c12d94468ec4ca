"""Intake's web app."""

from functools import partial
from typing import Final, cast

from fastapi import APIRouter, FastAPI

from services.intake.domain.break_glass import ReasonNeeded
from services.intake.domain.progress import NextStep
from services.intake.ports import IntakeUnit
from services.intake.settings import IntakeSettings
from services.intake.web import api, internal
from services.intake.web.audited import AUDITED
from services.intake.web.dependencies import Dependencies
from services.intake.web.fast_submit import receipt
from services.intake.web.pages import (
    api_docs,
    ask,
    ask_sending,
    case,
    cases,
    consent,
    course,
    ending,
    erasing,
    handing_over,
    handing_over_all,
    inventory,
    need_category,
    overview,
    passing_on,
    safety,
    signals,
)
from services.intake.web.replies import Addresses
from services.intake.web.school_systems import SchoolSystems
from services.intake.web.submitting import Submitting
from services.intake.web.words import next_steps
from shared.access.people_book import PeopleBook
from shared.runtime.service import Parts
from shared.runtime.worker import web_checks
from shared.unit_of_work import Units
from shared.web.app import Web, create_app
from shared.web.pages import Templates

PACKAGE: Final = "services.intake"


def web_app(settings: IntakeSettings, parts: Parts, units: Units[IntakeUnit], people: PeopleBook) -> FastAPI:
    """The API and the pages. Nothing in the way of a request needs Kafka or Redis; `people`: whom pages name."""
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
    )
    app.state.dependencies = Dependencies(
        units=units,
        templates=templates,
        submitting=Submitting(
            units,
            partial(receipt, addresses=addresses, what_happens_next=next_steps(settings.city)[NextStep.INVENTORY]),
        ),
        addresses=addresses,
        school_systems=SchoolSystems(units, parts.clock, cast("Web", app.state.web).api_limit),
        ids=parts.ids,
        city=settings.city,
        people=people,
    )
    app.add_exception_handler(ReasonNeeded, case.ask_why)
    return app


def _pages() -> APIRouter:
    """`/aanvragen/nieuw` comes before `/aanvragen/{case_id}`, and its own verbs before the names of its pages."""
    together = APIRouter()
    for page in (
        ask_sending, ask, passing_on, signals, safety, handing_over_all, cases, handing_over, need_category, consent,
        inventory, overview, ending, erasing, course, case, api_docs,
    ):  # fmt: skip
        together.include_router(page.router)
    return together
