"""The desk keeps what organisations offer: adds it, changes it, pauses it."""

from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.entry_errors import EntryChanged
from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.network import Service
from services.matching.handlers.entries import (
    Edit,
    change_as_desk,
    count_open_questions,
    lock_entry,
    read_proposal,
)
from services.matching.handlers.new_offers import list_offer, read_proposed_offer
from services.matching.ports import MatchingUnit
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.edit_pages import EditPage, check_form, edit_page, people_of, told
from services.matching.web.entry_forms import SEVERAL_OF_SERVICE, ServiceForm
from services.matching.web.pages.organisations import PATH as ORGANISATIONS
from services.matching.web.pages.organisations import Desk
from shared.web.forms import Form, read_form
from shared.web.reach import DESK, Reach

PATH: Final = "/netwerk/aanbod"
CHANGE: Final = Reach(f"POST {PATH}/{{service_id}}", perhaps=("entry-proposal-settled",), seen_by=(DESK,))
ADD: Final = Reach(
    f"POST {ORGANISATIONS}/{{organisation_id}}/aanbod", perhaps=("entry-proposal-settled",), seen_by=(DESK,)
)
router = APIRouter()


async def _typed(request: Request) -> Form[ServiceForm]:
    return await read_form(request, ServiceForm, many=SEVERAL_OF_SERVICE)


@router.get(f"{ORGANISATIONS}/{{organisation_id}}/aanbod")
async def ask_new(
    request: Request,
    organisation_id: UUID,
    dependencies: TheDependencies,
    _desk: Desk,
    unit: Unit,
    voorstel: UUID | None = None,
) -> Response:
    """Something more that an organisation offers; with a proposal filled in, that is settled by saving."""
    return await _new_page(request, dependencies, unit, organisation_id, proposal_id=voorstel)


@router.post(f"{ORGANISATIONS}/{{organisation_id}}/aanbod")
async def add(
    request: Request,
    organisation_id: UUID,
    dependencies: TheDependencies,
    desk: Desk,
    form: Annotated[Form[ServiceForm], Depends(_typed)],
    unit: Unit,
    voorstel: UUID | None = None,
) -> Response:
    """Put it on the map."""
    empty = Service(unit.ids.new(), organisation_id, "", ())
    if not check_form(form, empty, await people_of(empty, unit), unit) or form.data is None:
        return await _new_page(request, dependencies, unit, organisation_id, form, proposal_id=voorstel)
    await list_offer(organisation_id, form.data.wanted(), desk.person_id, unit, settles=voorstel)
    return RedirectResponse(f"{ORGANISATIONS}/{organisation_id}?klaar=nieuw", status_code=HTTPStatus.SEE_OTHER)


@router.get(f"{PATH}/{{service_id}}")
async def ask_change(
    request: Request,
    service_id: UUID,
    dependencies: TheDependencies,
    _desk: Desk,
    unit: Unit,
    voorstel: UUID | None = None,
) -> Response:
    """Change it; with a proposal filled in, that is settled by saving."""
    return await _edit(request, dependencies, unit, service_id, proposal_id=voorstel)


@router.post(f"{PATH}/{{service_id}}")
async def change(
    request: Request,
    service_id: UUID,
    dependencies: TheDependencies,
    desk: Desk,
    form: Annotated[Form[ServiceForm], Depends(_typed)],
    unit: Unit,
    voorstel: UUID | None = None,
) -> Response:
    """It counts at once; what is open goes on."""
    known = await unit.services.read(service_id)
    if known is None:
        raise NotOnTheMap
    entry = await lock_entry(known.organisation_id, service_id, unit)
    if not check_form(form, entry, await people_of(entry, unit), unit) or form.data is None:
        return await _edit(request, dependencies, unit, service_id, form, proposal_id=voorstel)
    edit = Edit(form.data.wanted(), form.data.seen, desk.person_id)
    try:
        saved = await change_as_desk(entry, edit, unit, settles=voorstel)
    except EntryChanged as changed:
        return await _edit(request, dependencies, unit, service_id, form, changed, proposal_id=voorstel)
    done = told(len(saved.live), 0, sorted(saved.by_others))
    return RedirectResponse(f"{ORGANISATIONS}/{known.organisation_id}?klaar={done}", status_code=HTTPStatus.SEE_OTHER)


async def _edit(
    request: Request,
    dependencies: Dependencies,
    unit: MatchingUnit,
    service_id: UUID,
    form: Form[Any] | None = None,
    changed: EntryChanged | None = None,
    *,
    proposal_id: UUID | None = None,
) -> Response:
    offer = await unit.services.read_offer(service_id)
    if offer is None:
        raise NotOnTheMap
    proposal = await read_proposal(offer.service, proposal_id, unit)
    owner = offer.organisation
    page = EditPage(
        path=f"{PATH}/{service_id}" + (f"?voorstel={proposal_id}" if proposal_id else ""),
        trail=[("Organisaties", ORGANISATIONS), (owner.name, f"{ORGANISATIONS}/{owner.id}")],
        reach=CHANGE,
        is_desk=True,
        title=offer.service.name,
        proposed=proposal.changes if proposal else (),
        open_questions=await count_open_questions([offer.service], unit),
    )
    people = await people_of(offer.service, unit)
    return edit_page(request, dependencies, offer.service, page, people, form, changed)


async def _new_page(
    request: Request,
    dependencies: Dependencies,
    unit: MatchingUnit,
    organisation_id: UUID,
    form: Form[Any] | None = None,
    *,
    proposal_id: UUID | None = None,
) -> Response:
    proposal = await read_proposed_offer(organisation_id, proposal_id, unit)
    owner = await unit.organisations.read(organisation_id)
    if owner is None:
        raise NotOnTheMap
    empty = Service(unit.ids.new(), organisation_id, "", ())
    page = EditPage(
        path=f"{ORGANISATIONS}/{organisation_id}/aanbod" + (f"?voorstel={proposal_id}" if proposal_id else ""),
        trail=[("Organisaties", ORGANISATIONS), (owner.name, f"{ORGANISATIONS}/{owner.id}")],
        reach=ADD,
        is_desk=True,
        title=f"Nieuw aanbod van {owner.name}",
        proposed=proposal.changes if proposal else (),
    )
    return edit_page(request, dependencies, empty, page, await people_of(empty, unit), form)
