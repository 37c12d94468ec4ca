"""The desk keeps organisations: finds, adds and changes them, and looks at who wants to join."""

from http import HTTPStatus
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.entry import ProposalState
from services.matching.domain.entry_errors import EntryChanged
from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.network import Organisation, Service
from services.matching.handlers.entries import (
    Edit,
    change_as_desk,
    confirm_entries,
    count_open_questions,
    list_new,
    lock_entry,
    read_proposal,
)
from services.matching.ports import MatchingUnit
from services.matching.web import words
from services.matching.web.asked_words import Words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.edit_pages import EditPage, check_form, edit_page, people_of, told
from services.matching.web.entry_forms import DeskOrganisationForm
from services.matching.web.entry_words import table_of
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.web.forms import Form, read_form
from shared.web.reach import DESK, Reach

PATH: Final = "/netwerk/organisaties"
PER_PAGE: Final = 50
MOST_PAGES_OF_ORGANISATIONS: Final = 1_000
MOST_HISTORY: Final = 20
MOST_IN_DOUBT: Final = 50
CHANGE: Final = Reach(f"POST {PATH}/{{organisation_id}}", perhaps=("entry-proposal-settled",), seen_by=(DESK,))
ADD: Final = Reach(f"POST {PATH}/nieuw", seen_by=(DESK,))
CONFIRM: Final = Reach(f"POST {PATH}/{{organisation_id}}/klopt", seen_by=(DESK,))
Desk = Annotated[Session, Depends(signed_in(Role.COORDINATOR))]
router = APIRouter(prefix=PATH)


async def _typed(request: Request) -> Form[DeskOrganisationForm]:
    return await read_form(request, DeskOrganisationForm)


@router.get("")
async def search(
    request: Request,
    dependencies: TheDependencies,
    _desk: Desk,
    unit: Unit,
    q: Words = "",
    soort: Words = "",
    pagina: Annotated[int, Query(ge=1, le=MOST_PAGES_OF_ORGANISATIONS)] = 1,
    klaar: Words = "",
) -> Response:
    """Who wants to join first; then the organisations, by name."""
    kind = soort if soort in unit.city.organisation_kinds else ""
    query = OrganisationQuery(q, kind=kind, on_map=False, page=pagina, per_page=PER_PAGE)
    found, total = await unit.organisations.search(query)
    asked = {"q": q, "soort": kind}
    return dependencies.templates.page(
        request,
        "organisations.html",
        applications=await unit.applications.list_waiting(),
        proposals=len(await unit.proposals.list_waiting()),
        in_doubt=await _in_doubt(unit),
        found=found,
        total=total,
        form=Form(values=asked),
        previous=_address(asked, pagina - 1) if pagina > 1 else None,
        following=_address(asked, pagina + 1) if pagina * PER_PAGE < total else None,
        done=klaar.split("-"),
        words=words,
    )


@router.get("/nieuw")
async def ask_new(request: Request, dependencies: TheDependencies, _desk: Desk, unit: Unit) -> Response:
    """An organisation that is not on the map yet; it may be there without an offer, as a school is."""
    return _new_page(request, dependencies, Organisation(unit.ids.new(), ""), None)


@router.post("/nieuw")
async def add(
    request: Request,
    dependencies: TheDependencies,
    _desk: Desk,
    form: Annotated[Form[DeskOrganisationForm], Depends(_typed)],
    unit: Unit,
) -> Response:
    """Put it on the map."""
    empty = Organisation(unit.ids.new(), "")
    if form.data is None:
        return _new_page(request, dependencies, empty, form)
    organisation = Organisation(empty.id, **form.data.wanted())
    await list_new(organisation, unit)
    return RedirectResponse(f"{PATH}/{organisation.id}?klaar=nieuw", status_code=HTTPStatus.SEE_OTHER)


@router.get("/{organisation_id}")
async def show(
    request: Request, organisation_id: UUID, dependencies: TheDependencies, _desk: Desk, unit: Unit, klaar: Words = ""
) -> Response:
    """All of one organisation: what it says, what it offers, who works there, and what was changed."""
    organisation = await unit.organisations.read(organisation_id)
    if organisation is None:
        raise NotOnTheMap
    people = await people_of(organisation, unit)
    names = {person.id: person.name for person in people}
    changes = await unit.proposals.list_of_organisation(organisation_id)
    history = [one for one in changes if one.state is not ProposalState.WAITING][:MOST_HISTORY]
    writers = await unit.people.list_by_ids({one.proposed_by for one in history})
    return dependencies.templates.page(
        request,
        "organisation.html",
        organisation=organisation,
        services=await unit.services.list_of_organisation(organisation_id),
        people=people,
        waiting=[one for one in changes if one.state is ProposalState.WAITING],
        history=[(one, table_of(one.changes, unit.city, names)) for one in history],
        writers={person.id: person.name for person in writers},
        done=klaar.split("-"),
        reach=CONFIRM,
        words=words,
    )


@router.post("/{organisation_id}/klopt")
async def confirm(organisation_id: UUID, desk: Desk, unit: Unit) -> Response:
    """The desk called, and all of it is right."""
    await confirm_entries(organisation_id, desk.person_id, unit)
    return RedirectResponse(f"{PATH}/{organisation_id}?klaar=klopt", status_code=HTTPStatus.SEE_OTHER)


@router.get("/{organisation_id}/wijzigen")
async def ask_change(
    request: Request,
    organisation_id: UUID,
    dependencies: TheDependencies,
    _desk: Desk,
    unit: Unit,
    voorstel: UUID | None = None,
) -> Response:
    """Change it; with a proposal filled in, that is settled by saving."""
    return await _edit(request, dependencies, unit, organisation_id, proposal_id=voorstel)


@router.post("/{organisation_id}")
async def change(
    request: Request,
    organisation_id: UUID,
    dependencies: TheDependencies,
    desk: Desk,
    form: Annotated[Form[DeskOrganisationForm], Depends(_typed)],
    unit: Unit,
    voorstel: UUID | None = None,
) -> Response:
    """It counts at once."""
    entry = await lock_entry(organisation_id, None, unit)
    if not check_form(form, entry, (), unit) or form.data is None:
        return await _edit(request, dependencies, unit, organisation_id, form, proposal_id=voorstel)
    edit = Edit(form.data.wanted(), form.data.seen, desk.person_id)
    try:
        saved = await change_as_desk(entry, edit, unit, settles=voorstel)
    except EntryChanged as changed:
        return await _edit(request, dependencies, unit, organisation_id, form, changed, proposal_id=voorstel)
    done = told(len(saved.live), 0, sorted(saved.by_others))
    return RedirectResponse(f"{PATH}/{organisation_id}?klaar={done}", status_code=HTTPStatus.SEE_OTHER)


async def _edit(
    request: Request,
    dependencies: Dependencies,
    unit: MatchingUnit,
    organisation_id: UUID,
    form: Form[Any] | None = None,
    changed: EntryChanged | None = None,
    *,
    proposal_id: UUID | None = None,
) -> Response:
    entry = await unit.organisations.read(organisation_id)
    if entry is None:
        raise NotOnTheMap
    proposal = await read_proposal(entry, proposal_id, unit)
    services = await unit.services.list_of_organisation(organisation_id)
    page = EditPage(
        path=f"{PATH}/{organisation_id}" + (f"?voorstel={proposal_id}" if proposal_id else ""),
        trail=[("Organisaties", PATH), (entry.name, f"{PATH}/{organisation_id}")],
        reach=CHANGE,
        is_desk=True,
        title=entry.name,
        proposed=proposal.changes if proposal else (),
        open_questions=await count_open_questions(services, unit),
    )
    return edit_page(request, dependencies, entry, page, (), form, changed)


async def _in_doubt(unit: MatchingUnit) -> list[tuple[Organisation, list[Service]]]:
    """Whom the desk calls, with the offers that nobody can rely on."""
    found = []
    for organisation in await unit.organisations.list_in_doubt(MOST_IN_DOUBT):
        services = await unit.services.list_of_organisation(organisation.id)
        doubtful = [one for one in services if one.active and one.kept.is_unsure]
        found.append((organisation, doubtful))
    return found


def _new_page(request: Request, dependencies: Dependencies, empty: Organisation, form: Form[Any] | None) -> Response:
    page = EditPage(f"{PATH}/nieuw", [("Organisaties", PATH)], ADD, is_desk=True, title="Nieuwe organisatie")
    return edit_page(request, dependencies, empty, page, (), form)


def _address(asked: dict[str, str], page: int) -> str:
    return f"{PATH}?" + urlencode({**{name: value for name, value in asked.items() if value}, "pagina": page})
