"""Notify's web app: the page of messages; it has no API of its own."""

from typing import Any

from fastapi import FastAPI

from services.notify.settings import NotifySettings
from services.notify.web.pages import pages
from shared.plumbing import checks
from shared.service import Parts
from shared.unit_of_work import Units
from shared.web.app import create_app
from shared.web.pages import Templates


def web_app(settings: NotifySettings, parts: Parts, units: Units[Any]) -> FastAPI:
    """The app that the proxy sends `/berichten` to."""
    templates = Templates("services.notify")
    return create_app(
        service="notify",
        settings=settings,
        parts=parts,
        templates=templates,
        pages=pages(units, templates),
        units=units,
        checks=checks(parts, worker=False),
    )
