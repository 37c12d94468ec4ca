"""Matching's web app."""

from collections.abc import Mapping

from fastapi import APIRouter, FastAPI

from services.matching.settings import MatchingSettings
from services.matching.web import api, internal
from services.matching.web.dependencies import Doors
from services.matching.web.pages import answering, front, network, sign_in, social_map
from shared.web.app import WebParts, create_app
from shared.web.health import Check


def make_app(doors: Doors, settings: MatchingSettings, parts: WebParts, checks: Mapping[str, Check]) -> FastAPI:
    """All doors together."""
    pages = APIRouter(include_in_schema=False)
    for room in (front, sign_in, answering, network, social_map):
        pages.include_router(room.router)
    app = create_app(
        service="matching",
        settings=settings,
        parts=parts,
        templates=doors.templates,
        pages=pages,
        api=api.router,
        internal=internal.router,
        units=doors.units,
        checks=checks,
        api_base="/hsds",
    )
    app.state.matching = doors
    return app
