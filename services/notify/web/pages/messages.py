"""`/berichten`: what became of every message, what is stuck first; and every mail of a case or to a professional."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.domain.heartbeat import DIGESTS, is_silent
from services.notify.domain.message import Message, MessageState
from services.notify.domain.wanted import Wanted
from services.notify.ports import NotifyUnit
from services.notify.web import words
from services.notify.web.dependencies import Dependencies, TheDependencies
from services.notify.web.forms import PostedSearch, SearchForm
from shared.access.sessions import signed_in
from shared.events.base import Role
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form
from shared.web.reach import Reach

SHOWN: Final = 100
PATH: Final = "/berichten"
SEARCH: Final = Reach(f"POST {PATH}/zoek", note="Een mailadres wordt nergens bewaard.")
NEITHER: Final = "Typ een nummer, of een heel mailadres."
NOBODY: Final = "Dit mailadres kennen we niet. Misschien staat er een ander adres bij deze persoon."
router = APIRouter(prefix=PATH, dependencies=[Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))])


async def _wanted(
    case_id: Annotated[UUID | None, Query(alias="dossier")] = None,
    number: Annotated[str | None, Query(alias="nummer", max_length=20)] = None,
    recipient_id: Annotated[UUID | None, Query(alias="persoon")] = None,
) -> Wanted | None:
    wanted = Wanted(case_id, number, recipient_id)
    return wanted if wanted != Wanted() else None


@router.get("")
async def messages(
    request: Request,
    dependencies: TheDependencies,
    wanted: Annotated[Wanted | None, Depends(_wanted)],
    state: Annotated[MessageState | None, Query(alias="toestand")] = None,
) -> Response:
    """Everything that is stuck, each kind with its oldest; or one state, one case or one reader."""
    return await _page(request, dependencies, empty_form(SearchForm), wanted, state)


@router.post("/zoek")
async def search(request: Request, dependencies: TheDependencies, form: PostedSearch) -> Response:
    """By number or address; the address goes no further than to matching, and the page that opens has it nowhere."""
    asked = form.data
    if asked is None or not (asked.is_address or asked.number):
        return await _again(request, dependencies, NEITHER)
    if not asked.is_address:
        return RedirectResponse(f"{PATH}?nummer={asked.number}", status_code=HTTPStatus.SEE_OTHER)
    person = await dependencies.people.find_by_address(asked.zoek.strip())
    if person is None:
        return await _again(request, dependencies, NOBODY)
    return RedirectResponse(f"{PATH}?persoon={person.person_id}", status_code=HTTPStatus.SEE_OTHER)


async def _again(request: Request, dependencies: Dependencies, problem: str) -> Response:
    """The page with what was wrong, and without what was typed."""
    form: Form[SearchForm] = empty_form(SearchForm)
    form.model = SearchForm
    form.refuse("zoek", problem)
    return await _page(request, dependencies, form, None, None, HTTPStatus.BAD_REQUEST)


async def _page(
    request: Request,
    dependencies: Dependencies,
    form: Form[SearchForm],
    wanted: Wanted | None,
    state: MessageState | None,
    status: int = HTTPStatus.OK,
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        counts = {count.state: count for count in await unit.overview.count_by_state()}
        shown = [words.shown(one, unit.now, unit.city) for one in await _found(unit, wanted, state)]
        silent = is_silent(await unit.heartbeats.last(DIGESTS), unit.now)
        reasons = await unit.overview.list_reasons_to_wait()
    return dependencies.templates.page(
        request,
        "messages.html",
        status,
        form=form,
        figures=words.figures(counts),
        messages=shown,
        chosen=state,
        of=await _of_what(wanted, dependencies),
        is_whole=len(shown) < SHOWN,
        trouble=words.trouble(reasons),
        silent=silent,
        search=SEARCH,
        path=PATH,
    )


async def _of_what(wanted: Wanted | None, dependencies: Dependencies) -> str:
    readers = [wanted.recipient_id] if wanted and wanted.recipient_id else []
    return words.of_what(wanted, await dependencies.people.read_people(readers))


async def _found(unit: NotifyUnit, wanted: Wanted | None, state: MessageState | None) -> list[Message]:
    if wanted is not None:
        return await unit.overview.list_found(wanted, SHOWN)
    return await (unit.overview.list_in_state(state, SHOWN) if state else unit.overview.list_in_need(SHOWN))
