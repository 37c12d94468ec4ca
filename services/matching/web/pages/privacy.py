"""What Schakel keeps of a family, why, who sees it, and what the family may ask (AVG, article 13)."""

from fastapi import APIRouter, Depends, Request, Response

from services.matching.web.dependencies import TheDependencies
from shared.web.languages import read_in_languages

router = APIRouter(dependencies=[Depends(read_in_languages)])


@router.get("/privacy")
async def privacy(request: Request, dependencies: TheDependencies) -> Response:
    """The statement, in plain words; with the terms and the desk of this city."""
    return dependencies.templates.page(request, "privacy.html")
