"""The entry of one's own organisation: see it, say that it is right, change it, or stop.

By the link of a mail, or signed in. Opening it changes nothing; a button does.
"""

from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.entry import FieldChange, Proposal, ProposalState
from services.matching.domain.entry_errors import EntryChanged
from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.network import Organisation, Service
from services.matching.handlers.directory_links import ENTRY_PATH
from services.matching.handlers.entries import (
    Edit,
    change_own_entry,
    confirm_entries,
    count_open_questions,
    lock_entry,
    stop_taking_part,
)
from services.matching.ports import MatchingUnit
from services.matching.web import map_words, words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.edit_pages import EditPage, check_form, edit_page, people_of, told
from services.matching.web.entry_forms import SEVERAL_OF_SERVICE, OrganisationForm, ServiceForm
from services.matching.web.entry_words import LABELS, table_of
from services.matching.web.link_gone import nothing_chosen
from services.matching.web.own_entries import OWN_PATH, OwnEntry, TheOwnEntry
from shared.web.forms import Form, read_form, typed_in
from shared.web.reach import DESK, Reach

BY_LINK: Final = f"{ENTRY_PATH}/{{token}}"
CONFIRM: Final = Reach(f"POST {OWN_PATH} confirm", seen_by=(DESK,))
STOP: Final = Reach(f"POST {OWN_PATH} stop", mails=("entry-proposed",), seen_by=(DESK,))
CHANGE_ORGANISATION: Final = Reach(f"POST {OWN_PATH}/organisatie", perhaps=("entry-proposed",), seen_by=(DESK,))
CHANGE_SERVICE: Final = Reach(f"POST {OWN_PATH}/aanbod/{{service_id}}", perhaps=("entry-proposed",), seen_by=(DESK,))
router = APIRouter()


async def _choice(request: Request) -> str:
    return dict(await typed_in(request)).get("choice", "")


async def _typed_organisation(request: Request) -> Form[OrganisationForm]:
    return await read_form(request, OrganisationForm)


async def _typed_service(request: Request) -> Form[ServiceForm]:
    return await read_form(request, ServiceForm, many=SEVERAL_OF_SERVICE)


@router.get(OWN_PATH)
@router.get(BY_LINK)
async def show(
    request: Request, dependencies: TheDependencies, own: TheOwnEntry, unit: Unit, stoppen: str = "", klaar: str = ""
) -> Response:
    """The entry as it stands, and what can be said of it."""
    organisation = await unit.organisations.read(own.organisation_id)
    if organisation is None:
        raise NotOnTheMap
    services = await unit.services.list_of_organisation(organisation.id)
    people = await people_of(organisation, unit)
    names = {person.id: person.name for person in people}
    changes = await unit.proposals.list_of_organisation(organisation.id)
    waiting = [one for one in changes if one.state is ProposalState.WAITING]
    return dependencies.templates.page(
        request,
        "own_entry.html",
        organisation=organisation,
        services=services,
        names=names,
        waiting=[(one, table_of(one.changes, unit.city, names)) for one in waiting],
        base=own.base,
        asks_to_stop=bool(stoppen),
        open_questions=await count_open_questions(services, unit) if stoppen else 0,
        done=klaar.split("-"),
        reach={"confirm": CONFIRM, "stop": STOP},
        words=words,
        map_words=map_words,
    )


@router.post(OWN_PATH)
@router.post(BY_LINK)
async def press(choice: Annotated[str, Depends(_choice)], own: TheOwnEntry, unit: Unit) -> Response:
    """It is right, or they stop."""
    if choice == "confirm":
        await confirm_entries(own.organisation_id, own.person_id, unit)
    elif choice == "stop":
        await stop_taking_part(own.organisation_id, own.person_id, unit)
    else:
        raise nothing_chosen()
    done = "klopt" if choice == "confirm" else "gestopt"
    return RedirectResponse(f"{own.base}?klaar={done}", status_code=HTTPStatus.SEE_OTHER)


@router.get(f"{OWN_PATH}/organisatie")
@router.get(f"{BY_LINK}/organisatie")
async def show_organisation(request: Request, dependencies: TheDependencies, own: TheOwnEntry, unit: Unit) -> Response:
    """What the organisation says of itself, to change."""
    return await _edit(request, dependencies, own, unit, None)


@router.post(f"{OWN_PATH}/organisatie")
@router.post(f"{BY_LINK}/organisatie")
async def save_organisation(
    request: Request,
    dependencies: TheDependencies,
    form: Annotated[Form[OrganisationForm], Depends(_typed_organisation)],
    own: TheOwnEntry,
    unit: Unit,
) -> Response:
    """Some of it counts at once, some is a proposal."""
    return await _save(request, dependencies, own, unit, None, form)


@router.get(f"{OWN_PATH}/aanbod/{{service_id}}")
@router.get(f"{BY_LINK}/aanbod/{{service_id}}")
async def show_service(
    request: Request, service_id: UUID, dependencies: TheDependencies, own: TheOwnEntry, unit: Unit
) -> Response:
    """One offer, to change."""
    return await _edit(request, dependencies, own, unit, service_id)


@router.post(f"{OWN_PATH}/aanbod/{{service_id}}")
@router.post(f"{BY_LINK}/aanbod/{{service_id}}")
async def save_service(
    request: Request,
    service_id: UUID,
    dependencies: TheDependencies,
    form: Annotated[Form[ServiceForm], Depends(_typed_service)],
    own: TheOwnEntry,
    unit: Unit,
) -> Response:
    """Some of it counts at once, some is a proposal."""
    return await _save(request, dependencies, own, unit, service_id, form)


async def _save(
    request: Request,
    dependencies: Dependencies,
    own: OwnEntry,
    unit: MatchingUnit,
    service_id: UUID | None,
    form: Form[Any],
) -> Response:
    entry = await lock_entry(own.organisation_id, service_id, unit)
    if not check_form(form, entry, await people_of(entry, unit), unit) or form.data is None:
        return await _edit(request, dependencies, own, unit, service_id, form)
    try:
        saved = await change_own_entry(entry, Edit(form.data.wanted(), form.data.seen, own.person_id), unit)
    except EntryChanged as changed:
        return await _edit(request, dependencies, own, unit, service_id, form, changed)
    done = told(len(saved.live), len(saved.waiting), sorted(saved.by_others))
    return RedirectResponse(f"{own.base}?klaar={done}", status_code=HTTPStatus.SEE_OTHER)


async def _edit(
    request: Request,
    dependencies: Dependencies,
    own: OwnEntry,
    unit: MatchingUnit,
    service_id: UUID | None,
    form: Form[Any] | None = None,
    changed: EntryChanged | None = None,
) -> Response:
    entry: Organisation | Service | None = await unit.organisations.read(own.organisation_id)
    if service_id is not None:
        entry = await unit.services.read(service_id)
    if entry is None or (isinstance(entry, Service) and entry.organisation_id != own.organisation_id):
        raise NotOnTheMap
    changes = await unit.proposals.list_of_organisation(own.organisation_id)
    path = f"{own.base}/organisatie" if service_id is None else f"{own.base}/aanbod/{service_id}"
    page = EditPage(
        path=path,
        trail=[("Onze vermelding", own.base)],
        reach=CHANGE_ORGANISATION if service_id is None else CHANGE_SERVICE,
        is_desk=False,
        title=entry.name,
        proposed=_proposed(changes, service_id),
    )
    return edit_page(request, dependencies, entry, page, await people_of(entry, unit), form, changed)


def _proposed(changes: list[Proposal], service_id: UUID | None) -> tuple[FieldChange, ...]:
    waiting = (one for one in changes if one.state is ProposalState.WAITING and one.service_id == service_id)
    return next((tuple(each for each in one.changes if each.field in LABELS) for one in waiting), ())
