"""Intake's web app."""

from typing import Any

from fastapi import APIRouter, FastAPI

from services.intake.settings import IntakeSettings
from services.intake.web import api, form_pages, pages
from services.intake.web.callers import Callers
from services.intake.web.dependencies import Doors
from services.intake.web.replies import Addresses
from services.intake.web.submitting import Submitting
from shared.runtime.service import Parts
from shared.runtime.worker import web_checks
from shared.unit_of_work import Units
from shared.web.app import create_app
from shared.web.pages import Templates

PACKAGE = "services.intake"


def web_app(settings: IntakeSettings, parts: Parts, units: Units[Any]) -> FastAPI:
    """The API and the pages. Nothing in the way of a request needs Kafka or Redis."""
    templates, addresses = Templates(PACKAGE), Addresses(settings.public_url)
    app = create_app(
        service="intake",
        settings=settings,
        parts=parts,
        templates=templates,
        pages=_pages(),
        api=api.router,
        units=units,
        checks=web_checks(parts),
    )
    app.state.doors = Doors(
        units=units,
        submitting=Submitting(units, addresses),
        addresses=addresses,
        callers=Callers(units, parts.clock),
        ids=parts.ids,
        templates=templates,
    )
    return app


def _pages() -> APIRouter:
    """`/aanvragen/nieuw` comes before `/aanvragen/{case_id}`."""
    together = APIRouter()
    together.include_router(form_pages.router)
    together.include_router(pages.router)
    return together
