"""For the desk: the stories that families told for the city's report, with their yes and without a name."""

from fastapi import APIRouter, Request, Response

from services.intake.handlers.family_voice import list_stories
from services.intake.web.dependencies import TheDependencies, TheDesk, Unit

router = APIRouter(prefix="/aanvragen")


@router.get("/eigen-verhalen")
async def stories(request: Request, viewer: TheDesk, unit: Unit, dependencies: TheDependencies) -> Response:
    """Each that is read is a line in the log of its family."""
    return dependencies.templates.page(request, "own_stories.html", stories=await list_stories(unit, viewer))
