"""Who belongs to an organisation, for its own people; those who lead say whether somebody who was named is right."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.named_contacts import check_lead
from services.matching.handlers.people_views import list_colleagues, list_new_contacts
from services.matching.ports import MatchingUnit
from services.matching.web import people_words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.people_actions import PASSED_ON, settle_contact
from services.matching.web.people_forms import SettleForm
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.kernel.errors import Refusal
from shared.web.forms import Form, read_form
from shared.web.reach import DESK, Reach

PATH: Final = "/netwerk/collegas"
Reader = Annotated[Session, Depends(signed_in(Role.PARTNER, Role.AMBASSADOR, Role.COORDINATOR))]
SETTLES: Final = {
    choice: Reach(f"POST {PATH}/{{contact_id}} {choice}", perhaps=PASSED_ON, seen_by=(DESK,))
    for choice in ("confirm", "refuse")
}
router = APIRouter()


async def _settle_form(request: Request, _session: Reader) -> Form[SettleForm]:
    return await read_form(request, SettleForm)


@router.get(PATH)
async def colleagues(request: Request, dependencies: TheDependencies, session: Reader, unit: Unit) -> Response:
    """Everybody of one's own organisation, and who was named for one question."""
    return await _page(request, dependencies, session, unit)


@router.post(f"{PATH}/{{contact_id}}")
async def settle(
    request: Request,
    contact_id: UUID,
    dependencies: TheDependencies,
    session: Reader,
    form: Annotated[Form[SettleForm], Depends(_settle_form)],
    unit: Unit,
) -> Response:
    """Yes: from now on they can sign in. No: their link opens nothing."""
    await check_lead(session.person_id, session.organisation_id, unit)
    if form.data is None:
        return await _page(request, dependencies, session, unit)
    refusal = await settle_contact(
        form.data.choice, contact_id, unit, by=session.person_id, organisation_id=session.organisation_id
    )
    if refusal is not None:
        return await _page(request, dependencies, session, unit, refusal)
    return RedirectResponse(PATH, status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    unit: MatchingUnit,
    refusal: Refusal | None = None,
) -> Response:
    person = await unit.people.read(session.person_id)
    leads = person is not None and person.leads(session.organisation_id)
    return dependencies.templates.page(
        request,
        "colleagues.html",
        refusal.status if refusal else HTTPStatus.OK,
        lines=await list_colleagues(session.organisation_id, unit),
        contacts=await list_new_contacts(unit, session.organisation_id) if leads else [],
        organisation_id=session.organisation_id,
        leads=leads,
        refusal=refusal,
        path=PATH,
        reaches=SETTLES,
        words=people_words,
    )
