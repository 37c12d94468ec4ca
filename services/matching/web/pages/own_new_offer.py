"""An organisation proposes something new that it offers; the desk looks at all of it first."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.network import Service
from services.matching.handlers.directory_links import ENTRY_PATH
from services.matching.handlers.new_offers import propose_offer
from services.matching.ports import MatchingUnit
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.edit_pages import EditPage, check_form, edit_page, people_of
from services.matching.web.entry_forms import SEVERAL_OF_SERVICE, ServiceForm
from services.matching.web.own_entries import OWN_PATH, OwnEntry, TheOwnEntry
from shared.web.forms import Form, read_form
from shared.web.reach import DESK, Reach

PROPOSE: Final = Reach(f"POST {OWN_PATH}/aanbod", mails=("entry-proposed",), seen_by=(DESK,))
BY_LINK: Final = f"{ENTRY_PATH}/{{token}}/aanbod"
router = APIRouter()


async def _typed(request: Request) -> Form[ServiceForm]:
    return await read_form(request, ServiceForm, many=SEVERAL_OF_SERVICE)


@router.get(f"{OWN_PATH}/aanbod")
@router.get(BY_LINK)
async def ask(request: Request, dependencies: TheDependencies, own: TheOwnEntry, unit: Unit) -> Response:
    """The form, empty."""
    return await _page(request, dependencies, own, unit)


@router.post(f"{OWN_PATH}/aanbod")
@router.post(BY_LINK)
async def propose(
    request: Request,
    dependencies: TheDependencies,
    form: Annotated[Form[ServiceForm], Depends(_typed)],
    own: TheOwnEntry,
    unit: Unit,
) -> Response:
    """Nobody finds it until the desk says yes."""
    empty = _empty(own, unit)
    if not check_form(form, empty, await people_of(empty, unit), unit) or form.data is None:
        return await _page(request, dependencies, own, unit, form)
    await propose_offer(own.organisation_id, form.data.wanted(), own.person_id, unit)
    return RedirectResponse(f"{own.base}?klaar=nieuwvoorstel", status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request, dependencies: Dependencies, own: OwnEntry, unit: MatchingUnit, form: Form[Any] | None = None
) -> Response:
    page = EditPage(
        path=f"{own.base}/aanbod",
        trail=[("Onze vermelding", own.base)],
        reach=PROPOSE,
        is_desk=False,
        title="Nieuw aanbod",
        is_new=True,
    )
    empty = _empty(own, unit)
    return edit_page(request, dependencies, empty, page, await people_of(empty, unit), form)


def _empty(own: OwnEntry, unit: MatchingUnit) -> Service:
    return Service(unit.ids.new(), own.organisation_id, "", ())
