"""One case: what is to be done, whom to call, what runs, who is at work, notes, and everything that happened."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.monitoring.commands import WriteNote
from services.monitoring.domain.notes import MOST_LETTERS
from services.monitoring.handlers.desk import pin_note, remove_note, write_note
from services.monitoring.web.case_file import read_case, with_people
from services.monitoring.web.case_view import show_case
from services.monitoring.web.dependencies import AtTheDesk, Coordinator, Dependencies, TheDependencies
from services.monitoring.web.desk_forms import NoteForm, PostedNote, PostedPin
from services.monitoring.web.reaches import NOTE, PIN_NOTE, REMOVE_NOTE, TAKE
from shared.access.sessions import Session
from shared.events.base import Role
from shared.web.forms import Form, empty_form

router = APIRouter(prefix="/bord/{case_id}")
# What was done just now, by its word in the address.
DONE: Final = {
    "ja": "Dit punt is van de lijst. Schakel blijft naar dit kind omkijken.",
    "gepakt": "Dit punt is nu van jou.",
    "overgedragen": "Je collega heeft dit punt nu.",
    "terug": "Dit punt is weer van iedereen.",
    "wacht": "Dit punt wacht. Gebeurt er eerder iets, dan staat het meteen weer op de lijst.",
    "notitie": "Je notitie is bewaard.",
    "vast": "De notitie staat nu op een andere plek.",
    "weg": "De notitie is weg.",
}
ALREADY_GONE: Final = "al-weg"
ALL: Final = "alles"


@router.get("")
async def case(
    request: Request,
    case_id: UUID,
    dependencies: TheDependencies,
    session: AtTheDesk,
    gedaan: Annotated[str, Query(max_length=40)] = "",
    toon: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """One case as it stands now."""
    return await _page(request, dependencies, case_id, session, empty_form(NoteForm), gedaan, everything=toon == ALL)


@router.post("/notities")
async def note(
    request: Request, case_id: UUID, dependencies: TheDependencies, session: Coordinator, form: PostedNote
) -> Response:
    """Words for colleagues."""
    if form.data is None:
        return await _page(request, dependencies, case_id, session, form)
    async with dependencies.units.begin() as unit:
        told = form.data
        await write_note(WriteNote(case_id, session.person_id, told.words, told.pinned, told.note_id), unit)
    return _back(case_id, "notitie")


@router.post("/notities/{note_id}/vast")
async def pin(
    case_id: UUID, note_id: UUID, dependencies: TheDependencies, _session: Coordinator, form: PostedPin
) -> Response:
    """On top, or not any more."""
    async with dependencies.units.begin() as unit:
        await pin_note(case_id, note_id, unit, pinned=form.data is not None and form.data.pinned)
    return _back(case_id, "vast")


@router.get("/notities/{note_id}/weg")
async def ask_to_remove(
    request: Request, case_id: UUID, note_id: UUID, dependencies: TheDependencies, _session: Coordinator
) -> Response:
    """It cannot be undone: asked first."""
    async with dependencies.units.begin() as unit:
        file = await read_case(case_id, unit)
    words = next((one.words for one in file.notes if one.note_id == note_id), None)
    if words is None:
        return _back(case_id, "weg")
    return dependencies.templates.page(
        request, "note_remove.html", watch=file.watch, note_id=note_id, note=words, reach=REMOVE_NOTE
    )


@router.post("/notities/{note_id}/weg")
async def remove(case_id: UUID, note_id: UUID, dependencies: TheDependencies, _session: Coordinator) -> Response:
    """What does not belong there is gone."""
    async with dependencies.units.begin() as unit:
        await remove_note(case_id, note_id, unit)
    return _back(case_id, "weg")


async def _page(
    request: Request,
    dependencies: Dependencies,
    case_id: UUID,
    session: Session,
    form: Form[NoteForm],
    done: str = "",
    *,
    everything: bool = False,
) -> Response:
    async with dependencies.units.begin() as unit:
        file, city, new_note = await read_case(case_id, unit), unit.city, unit.ids.new()
    file = await with_people(file, dependencies.people)
    return dependencies.templates.page(
        request,
        "case.html",
        HTTPStatus.BAD_REQUEST if form.is_wrong else HTTPStatus.OK,
        view=show_case(file, city, session.person_id, everything=everything),
        words=dependencies.words,
        done=DONE.get(done),
        already_gone=done == ALREADY_GONE,
        new_note=new_note,
        everything=everything,
        form=form,
        most_letters=MOST_LETTERS,
        reaches={"take": TAKE, "note": NOTE, "pin": PIN_NOTE},
        is_coordinator=session.role is Role.COORDINATOR,
    )


def _back(case_id: UUID, done: str) -> Response:
    return RedirectResponse(f"/bord/{case_id}?gedaan={done}", status_code=HTTPStatus.SEE_OTHER)
