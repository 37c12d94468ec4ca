"""The inventory with the family."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic.alias_generators import to_camel

from services.intake.domain.case import Case, CaseState
from services.intake.domain.dossier import OF_THE_INVENTORY, Dossier, Fact
from services.intake.domain.errors import NeedsNotSeen
from services.intake.domain.progress import Progress
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.showing import list_organisations, show_case
from services.intake.web.bodies import MAX_NEEDS, to_inventory
from services.intake.web.case_page import CasePage, TheCasePage, reader_of
from services.intake.web.forms import InventoryForm, in_their_order, without_gone
from services.intake.web.need_rows import CHOICES, row_of, values_of
from services.intake.web.reaches import REACHES
from services.intake.web.words import BENEFICIARIES
from shared.events.base import Need
from shared.kernel.city import City
from shared.kernel.errors import Invalid
from shared.web.forms import FieldError, Form, empty_form, read_form

ROWS_MORE: Final = 3
FACTS: Final = (Fact.FIRST_NAME, Fact.PREFERRED_NAME, Fact.CONTACT_NAME, Fact.STORY, *OF_THE_INVENTORY)
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/inventarisatie")
async def inventory(page: TheCasePage) -> Response:
    """The inventory, with everything that is known already."""
    case = (await show_case(page.case_id, page.unit, page.viewer)).case
    if not case.is_open:
        # It says there that it is over, and what can be done.
        return RedirectResponse(f"/aanvragen/{page.case_id}", status_code=HTTPStatus.SEE_OTHER)
    return await _Page(page, new_question=False).shows(None)


@router.post("/inventarisatie")
async def assess(request: Request, page: TheCasePage) -> Response:
    """Store what was found; partners are looked for at once."""
    return await _stored(request, _Page(page, new_question=False), "geinventariseerd")


@router.get("/nieuwe-vraag")
async def new_question(page: TheCasePage) -> Response:
    """The same form for a new question. Nothing changes before it is stored."""
    case = (await show_case(page.case_id, page.unit, page.viewer)).case
    if case.state is CaseState.RECEIVED or not (case.is_open or case.state is CaseState.CLOSED):
        return RedirectResponse(f"/aanvragen/{page.case_id}", status_code=HTTPStatus.SEE_OTHER)
    return await _Page(page, new_question=True).shows(None)


@router.post("/nieuwe-vraag")
async def ask_anew(request: Request, page: TheCasePage) -> Response:
    """Store the new question together with its inventory."""
    return await _stored(request, _Page(page, new_question=True), "nieuwe-vraag")


async def _stored(request: Request, page: "_Page", done: str) -> Response:
    form = await read_form(request, InventoryForm, many=("excludedOrganisations", "again"))
    body = without_gone(form)
    if body is None or form.errors:
        return await page.shows(form)
    about, new = page.about, page.new_question
    told = to_inventory(about.case_id, body, body.again, _seen(form), new_question=new)
    try:
        # A refusal takes back what was done until then, and the page is shown with what was typed.
        async with about.unit.savepoint():
            await complete_inventory(in_their_order(told, body), about.unit, about.viewer)
    except NeedsNotSeen as refusal:
        return await page.shows(form, refusal)
    except Invalid as refusal:
        form.refuse_as(refusal)
        return await page.shows(form)
    return about.done(done)


@dataclass(frozen=True)
class _Page:
    """The page of this case's inventory, for this viewer; or the same for a new question."""

    about: CasePage
    new_question: bool

    async def shows(self, form: Form[InventoryForm] | None, unseen: NeedsNotSeen | None = None) -> Response:
        """What is known, or what was typed in `form`; with a row for each need of `unseen`."""
        about = self.about
        view, dossier = await about.opens(FACTS, "inventory-page")
        known, city = await list_organisations(about.unit), about.dependencies.city
        confirmed = [each.need for each in view.needs if each.stage is Progress.CONFIRMED]
        needs = [each.need for each in view.needs if each.need not in confirmed]
        if form and unseen:
            _add_rows(form, needs, dossier, unseen, city)
        shown = form or empty_form(InventoryForm, **_known(view.case, needs, dossier))
        return about.dependencies.templates.page(
            about.request,
            "inventory.html",
            HTTPStatus.BAD_REQUEST if form else HTTPStatus.OK,
            case=view.case,
            dossier=dossier,
            called=dossier.called,
            form=shown,
            new_question=self.new_question,
            reach=REACHES["new_question" if self.new_question else "inventory"],
            reader=reader_of(about.viewer),
            confirmed=[(str(need.need_id), _kind_of(need, city)) for need in confirmed],
            rows=[row_of(shown, number, city) for number in range(min(MAX_NEEDS, len(needs) + ROWS_MORE))],
            organisations=[(str(each), name) for each, name in known.items()],
            **CHOICES,
        )


def _kind_of(need: Need, city: City) -> str:
    return f"{city.categories.words(need.category)} (voor: {BENEFICIARIES[need.beneficiary].lower()})"


def _known(case: Case, needs: Sequence[Need], dossier: Dossier) -> dict[str, Any]:
    """What the form starts with."""
    values: dict[str, Any] = {to_camel(fact): dossier.facts.get(fact) for fact in OF_THE_INVENTORY}
    if case.findings:
        values["excludedOrganisations"] = [str(each) for each in case.findings.excluded_organisations]
    for number, need in enumerate(needs):
        values |= values_of(number, need, dossier, [each.need_id for each in needs])
    return values


def _seen(form: Form[InventoryForm]) -> frozenset[UUID]:
    """The needs that the page showed: each row of a known need carries its id, also when it is ticked away."""
    return frozenset(need.id for need in form.data.needs if need.id) if form.data else frozenset()


def _add_rows(
    form: Form[InventoryForm], needs: Sequence[Need], dossier: Dossier, unseen: NeedsNotSeen, city: City
) -> None:
    """Below what was typed, a row for each need that somebody else named since the page was shown."""
    rows = [name.split(".")[1] for name, value in form.values.items() if name.startswith("needs.") and value]
    free = max((int(row) for row in rows if row.isdecimal()), default=-1) + 1
    added = (need for need in needs if need.need_id in unseen.need_ids)
    for number, need in enumerate(added, start=free):
        form.values |= values_of(number, need, dossier)
        form.errors.append(FieldError(f"needs.{number}.category", city.categories.words(need.category), unseen.message))
