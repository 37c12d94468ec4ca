"""The desk reads files with a map in: sends one, and sees what became of earlier ones."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.map_imports import find_last_taken, send_map
from services.matching.ports import MatchingUnit
from services.matching.web import map_import_words, map_upload
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.map_upload import MapFileForm, SentFile, read_upload_form
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.web.forms import Form
from shared.web.reach import DESK, Reach

PATH: Final = "/netwerk/inlezen"
SEND: Final = Reach(f"POST {PATH}", seen_by=(DESK,))
MOST_LISTED: Final = 20
Importer = Annotated[Session, Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))]
router = APIRouter(prefix=PATH)


async def _sent(request: Request, _desk: Importer) -> tuple[Form[MapFileForm], SentFile | None]:
    return await read_upload_form(request)


@router.get("")
async def show(request: Request, dependencies: TheDependencies, _desk: Importer, unit: Unit) -> Response:
    """Send a file; and what was sent before, with the last one to take back."""
    return await _page(request, dependencies, unit, Form())


@router.post("")
async def send(
    request: Request,
    dependencies: TheDependencies,
    desk: Importer,
    sent: Annotated[tuple[Form[MapFileForm], SentFile | None], Depends(_sent)],
    unit: Unit,
) -> Response:
    """Nothing on the map changes: the worker reads it, and its page says what it would do."""
    form, file = sent
    if form.data is None or file is None:
        return await _page(request, dependencies, unit, form)
    kept = await send_map(file.name, file.content, form.data.source, desk.person_id, unit)
    return RedirectResponse(f"{PATH}/{kept.id}", status_code=HTTPStatus.SEE_OTHER)


async def _page(request: Request, dependencies: Dependencies, unit: MatchingUnit, form: Form[Any]) -> Response:
    recent = await unit.map_imports.list_recent(MOST_LISTED)
    people = await unit.people.list_by_ids({one.sent_by for one in recent})
    return dependencies.templates.page(
        request,
        "map_imports.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        form=form,
        recent=recent,
        names={person.id: person.name for person in people},
        last=await find_last_taken(unit),
        path=PATH,
        reach=SEND,
        upload=map_upload,
        words=map_import_words,
    )
