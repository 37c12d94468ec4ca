"""Notify's web app: the page of messages; it has no API of its own."""

from collections.abc import Mapping

from fastapi import FastAPI

from services.notify.settings import NotifySettings
from services.notify.web import pages
from services.notify.web.dependencies import Doors
from shared.web.app import WebParts, create_app
from shared.web.health import Check


def make_app(doors: Doors, settings: NotifySettings, parts: WebParts, checks: Mapping[str, Check]) -> FastAPI:
    """What the proxy sends `/berichten` to."""
    app = create_app(
        service="notify",
        settings=settings,
        parts=parts,
        templates=doors.templates,
        pages=pages.router,
        units=doors.units,
        checks=checks,
    )
    app.state.notify = doors
    return app
