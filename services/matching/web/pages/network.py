"""The network for the desk: where it is kept, and what needs a look."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.people_views import read_figures
from services.matching.web.dependencies import TheDependencies, Unit
from shared.access.sessions import Session, maybe_signed_in
from shared.events.base import Role

PATH = "/netwerk"
DESK = frozenset({Role.COORDINATOR, Role.OPERATOR})
router = APIRouter()


@router.get(PATH)
async def index(
    request: Request,
    dependencies: TheDependencies,
    session: Annotated[Session | None, Depends(maybe_signed_in)],
    unit: Unit,
) -> Response:
    """Figures that are links. For others, old mails and bookmarks lead to where the list of referrals is now."""
    if session is None or session.role not in DESK or request.url.query:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/doorverwijzingen{query}", status_code=HTTPStatus.SEE_OTHER)
    return dependencies.templates.page(request, "network.html", figures=await read_figures(unit))
