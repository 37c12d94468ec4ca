"""Monitoring's web app: the board, the page behind a follow-up mail, and the link that notify asks for."""

from collections.abc import Mapping

from fastapi import APIRouter, FastAPI

from services.monitoring.ports import MonitoringUnit
from services.monitoring.settings import MonitoringSettings
from services.monitoring.web import api
from services.monitoring.web.dependencies import Doors
from services.monitoring.web.pages import board, follow_up
from shared.unit_of_work import Units
from shared.web.app import WebParts, create_app
from shared.web.health import Check
from shared.web.pages import Templates


def web_app(
    settings: MonitoringSettings, parts: WebParts, units: Units[MonitoringUnit], checks: Mapping[str, Check]
) -> FastAPI:
    """All doors together."""
    pages = APIRouter(include_in_schema=False)
    pages.include_router(board.router)
    pages.include_router(follow_up.router)
    templates = Templates("services.monitoring")
    app = create_app(
        service="monitoring",
        settings=settings,
        parts=parts,
        templates=templates,
        pages=pages,
        internal=api.router,
        units=units,
        checks=checks,
    )
    app.state.monitoring = Doors(units, templates, settings.desk, settings.public_url)
    return app
