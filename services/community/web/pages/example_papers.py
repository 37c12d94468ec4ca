"""What lies on the table of a gathering: for the desk and whoever hosts, on the screen and on paper."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.community.domain.example_errors import ExampleNotFound
from services.community.handlers.examples import show_on_table
from services.community.ports import CommunityUnit
from services.community.web.dependencies import MayHost, TheDependencies, Unit, is_at_the_desk
from services.community.web.example_views import QUESTIONS, ExampleView, view_of
from services.community.web.reaches import BASE
from services.community.web.views import GatheringView, views_of
from shared.access.sessions import Session

router = APIRouter(prefix=BASE + "/{gathering_id}/voorbeelden")


@router.get("")
async def on_table(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, session: MayHost, unit: Unit
) -> Response:
    """All of them."""
    gathering, views = await _shown(gathering_id, session, unit)
    return dependencies.templates.page(
        request, "gathering_examples.html", gathering=gathering, views=views, at_the_desk=is_at_the_desk(session)
    )


@router.get("/{example_id}")
async def paper(
    request: Request,
    gathering_id: UUID,
    example_id: UUID,
    dependencies: TheDependencies,
    session: MayHost,
    unit: Unit,
) -> Response:
    """One, to print: a page in large letters."""
    gathering, views = await _shown(gathering_id, session, unit)
    view = next((one for one in views if one.example.id == example_id), None)
    if view is None:
        raise ExampleNotFound
    return dependencies.templates.page(
        request, "example_paper.html", gathering=gathering, view=view, questions=QUESTIONS
    )


async def _shown(gathering_id: UUID, session: Session, unit: CommunityUnit) -> tuple[GatheringView, list[ExampleView]]:
    host = None if is_at_the_desk(session) else session.person_id
    gathering, found = await show_on_table(gathering_id, unit, host)
    (view,) = await views_of([gathering], unit)
    return view, [view_of(one, unit.city) for one in found]
