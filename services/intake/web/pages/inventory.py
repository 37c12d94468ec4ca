"""The inventory with the family, and the same form for a new question."""

from dataclasses import replace
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.domain.case import CaseState
from services.intake.domain.draft import DraftKind
from services.intake.domain.errors import NeedsNotSeen
from services.intake.handlers.cases import case_for
from services.intake.handlers.drafts import keep_draft, throw_draft_away
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.showing import show_case
from services.intake.web.asking import with_bsn
from services.intake.web.bodies import to_inventory
from services.intake.web.case_page import TheCasePage
from services.intake.web.forms import InventoryForm, in_their_order, without_gone
from services.intake.web.inventory_page import InventoryPage
from shared.kernel.errors import Invalid
from shared.web.forms import Form, read_form

# Fields of the page that are no part of the inventory.
BUTTONS: Final = frozenset({"go", "organisation"})
ORDER: Final = (
    "discussedOn", "context", "bottlenecks", "effectOnChild", "needs", "again", "excludedOrganisations",
)  # fmt: skip
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/inventarisatie")
async def inventory(page: TheCasePage) -> Response:
    """The inventory, with everything that is known already, or as far as this viewer had filled it in."""
    case = (await show_case(page.case_id, page.unit, page.viewer)).case
    if not case.is_open:
        # It says there that it is over, and what can be done.
        return RedirectResponse(f"/aanvragen/{page.case_id}", status_code=HTTPStatus.SEE_OTHER)
    return await InventoryPage(page, new_question=False).shows(None)


@router.post("/inventarisatie")
async def assess(request: Request, page: TheCasePage) -> Response:
    """Store what was found; partners are looked for at once. Other buttons keep it for later, or search."""
    return await _taken(request, InventoryPage(page, new_question=False), "geinventariseerd")


@router.get("/nieuwe-vraag")
async def new_question(page: TheCasePage) -> Response:
    """The same form for a new question. Nothing changes before it is stored."""
    case = (await show_case(page.case_id, page.unit, page.viewer)).case
    if case.state is CaseState.RECEIVED or not (case.is_open or case.state is CaseState.CLOSED):
        return RedirectResponse(f"/aanvragen/{page.case_id}", status_code=HTTPStatus.SEE_OTHER)
    return await InventoryPage(page, new_question=True).shows(None)


@router.post("/nieuwe-vraag")
async def ask_anew(request: Request, page: TheCasePage) -> Response:
    """Store the new question together with its inventory."""
    return await _taken(request, InventoryPage(page, new_question=True), "nieuwe-vraag")


async def _taken(request: Request, page: InventoryPage, done: str) -> Response:
    form = await read_form(request, InventoryForm, many=("excludedOrganisations", "again"), order=ORDER)
    if form.values.get("go") == "search":
        return await page.shows(replace(form, errors=[]), status=HTTPStatus.OK)
    if form.values.get("go") == "later":
        return await _kept(page, form)
    return await _stored(page, form, done)


async def _stored(page: InventoryPage, form: Form[InventoryForm], done: str) -> Response:
    body = without_gone(form)
    if body is None or form.errors:
        return await page.shows(form)
    about, new = page.about, page.new_question
    told = to_inventory(about.case_id, body, body.again, _seen(form), new_question=new)
    try:
        # A refusal takes back what was done until then, and the page is shown with what was typed.
        async with about.unit.savepoint():
            await complete_inventory(in_their_order(told, body), about.unit, about.viewer)
            await throw_draft_away(page.draft_id, about.unit, about.viewer)
    except NeedsNotSeen as refusal:
        return await page.shows(form, refusal)
    except Invalid as refusal:
        form.refuse_as(refusal)
        return await page.shows(form)
    return about.done(done)


async def _kept(page: InventoryPage, form: Form[InventoryForm]) -> Response:
    """Nothing has to be whole yet. A citizen service number is not kept for a moment."""
    about = page.about
    await case_for(about.case_id, about.unit, about.viewer)
    refused = with_bsn(form.values)
    if refused:
        return await page.shows(replace(form, errors=[each for each in form.errors if each.field in refused]))
    typed = {name: value for name, value in form.values.items() if value and name not in BUTTONS}
    await keep_draft(page.draft_id, DraftKind.INVENTORY, typed, about.unit, about.viewer, about.case_id)
    return RedirectResponse(f"{page.path}?bewaard=1", status_code=HTTPStatus.SEE_OTHER)


def _seen(form: Form[InventoryForm]) -> frozenset[UUID]:
    """The needs that the page showed: each row of a known need carries its id, also when it is ticked away."""
    return frozenset(need.id for need in form.data.needs if need.id) if form.data else frozenset()
