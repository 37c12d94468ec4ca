"""Monitoring's web app: the board, the page behind a follow-up mail, and the link that notify asks for."""

from fastapi import APIRouter, FastAPI

from services.monitoring.ports import MonitoringUnit
from services.monitoring.settings import MonitoringSettings
from services.monitoring.web import api, internal
from services.monitoring.web.audited import AUDITED, find_meant
from services.monitoring.web.dependencies import Dependencies
from services.monitoring.web.pages import (
    board,
    case,
    follow_up,
    own_follow_ups,
    pace,
    point,
    reading,
    today,
    together,
    views,
)  # fmt: skip
from services.monitoring.web.words import Words
from shared.access.people_book import PeopleBook
from shared.runtime.service import Parts
from shared.runtime.worker import web_checks
from shared.unit_of_work import Units
from shared.web.app import create_app
from shared.web.pages import Templates


def web_app(settings: MonitoringSettings, parts: Parts, units: Units[MonitoringUnit], people: PeopleBook) -> FastAPI:
    """The pages, the API for schools' systems, and the internal route. `people`: whom pages name, with their number."""
    pages = APIRouter()
    for page in (board, today, views, pace, together, reading, case, point, own_follow_ups, follow_up):
        pages.routes.extend(page.router.routes)
    templates = Templates("services.monitoring")
    app = create_app(
        service="monitoring",
        settings=settings,
        parts=parts,
        templates=templates,
        pages=pages,
        apis=api.APIS,
        internal=internal.router,
        units=units,
        checks=web_checks(parts),
        table=AUDITED,
        find_meant=find_meant,
    )
    app.state.dependencies = Dependencies(units=units, templates=templates, words=Words(settings.city), people=people)
    return app
