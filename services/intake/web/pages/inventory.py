"""The inventory with the family."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic.alias_generators import to_camel

from services.intake.domain.case import Case
from services.intake.domain.dossier import OF_THE_INVENTORY, Dossier, Fact
from services.intake.domain.draft import Draft, DraftKind, inventory_draft_id
from services.intake.domain.errors import NeedsNotSeen, NotYourFamily
from services.intake.domain.progress import Progress
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import case_for
from services.intake.handlers.drafts import find_draft, keep_draft, throw_draft_away
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.showing import list_organisations, open_dossier, show_case
from services.intake.ports import IntakeUnit
from services.intake.web.asking import with_bsn
from services.intake.web.bodies import to_inventory
from services.intake.web.dependencies import Dependencies, TheDependencies, TheViewer, Unit
from services.intake.web.forms import InventoryForm, without_gone
from services.intake.web.need_rows import CHOICES, row_of, rows_for, still_there, values_of
from services.intake.web.organisation_choice import choices
from services.intake.web.words import BENEFICIARIES
from shared.events.base import Need
from shared.kernel.city import City
from shared.kernel.errors import Invalid
from shared.web.forms import FieldError, Form, empty_form, read_form

# Fields of the page that are no part of the inventory.
BUTTONS: Final = frozenset({"go", "organisation"})
ORDER: Final = (
    "discussedOn", "homeVisitOn", "context", "bottlenecks", "effectOnChild", "needs", "again", "excludedOrganisations",
)  # fmt: skip
FACTS: Final = (Fact.FIRST_NAME, Fact.CONTACT_NAME, Fact.STORY, *OF_THE_INVENTORY)
router = APIRouter(prefix="/aanvragen")


@router.get("/{case_id}/inventarisatie")
async def inventory(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, case_id: UUID
) -> Response:
    """The inventory, with everything that is known already, or as far as this viewer had filled it in."""
    return await _Page(request, dependencies, viewer, unit, case_id).shows(None)


@router.post("/{case_id}/inventarisatie")
async def assess(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, case_id: UUID
) -> Response:
    """Store what was found; partners are looked for at once. Other buttons keep it for later, or search."""
    form = await read_form(request, InventoryForm, many=("excludedOrganisations", "again"), order=ORDER)
    page = _Page(request, dependencies, viewer, unit, case_id)
    if form.values.get("go") == "search":
        return await page.shows(replace(form, errors=[]), status=HTTPStatus.OK)
    if form.values.get("go") == "later":
        return await _kept(page, form)
    body = without_gone(form)
    if body is None or form.errors:
        return await page.shows(form)
    try:
        # A refusal takes back what was done until then, and the page is shown with what was typed.
        async with unit.savepoint():
            await complete_inventory(to_inventory(case_id, body, body.again, _seen(form)), unit, viewer)
            await throw_draft_away(inventory_draft_id(case_id, viewer.person_id), unit, viewer)
    except NeedsNotSeen as refusal:
        return await page.shows(form, refusal)
    except Invalid as refusal:
        form.refuse_as(refusal)
        return await page.shows(form)
    return RedirectResponse(f"/aanvragen/{case_id}?gelukt=geinventariseerd", status_code=HTTPStatus.SEE_OTHER)


async def _kept(page: "_Page", form: Form[InventoryForm]) -> Response:
    """Nothing has to be whole yet. A citizen service number is not kept for a moment."""
    viewer, unit, case_id = page.viewer, page.unit, page.case_id
    await case_for(case_id, unit, viewer)
    refused = with_bsn(form.values)
    if refused:
        return await page.shows(replace(form, errors=[each for each in form.errors if each.field in refused]))
    typed = {name: value for name, value in form.values.items() if value and name not in BUTTONS}
    draft_id = inventory_draft_id(case_id, viewer.person_id)
    await keep_draft(draft_id, DraftKind.INVENTORY, typed, unit, viewer, case_id)
    return RedirectResponse(f"/aanvragen/{case_id}/inventarisatie?bewaard=1", status_code=HTTPStatus.SEE_OTHER)


@dataclass(frozen=True)
class _Page:
    """The page of this case's inventory, for this viewer."""

    request: Request
    dependencies: Dependencies
    viewer: Viewer
    unit: IntakeUnit
    case_id: UUID

    async def shows(
        self,
        form: Form[InventoryForm] | None,
        unseen: NeedsNotSeen | None = None,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
    ) -> Response:
        """What is known, was kept, or was typed in `form` (then with this status); with a row for each of `unseen`."""
        view = await show_case(self.case_id, self.unit, self.viewer)
        dossier = await open_dossier(self.case_id, self.unit, self.viewer, FACTS, "inventory-page")
        if dossier is None:
            raise NotYourFamily(self.dependencies.city)
        city = self.dependencies.city
        confirmed = [each.need for each in view.needs if each.stage is Progress.CONFIRMED]
        needs = [each.need for each in view.needs if each.need not in confirmed]
        if form and unseen:
            _add_rows(form, needs, dossier, unseen, city)
        draft = await find_draft(inventory_draft_id(self.case_id, self.viewer.person_id), self.unit, self.viewer)
        shown = form or _beginning(view.case, needs, dossier, draft)
        return self.dependencies.templates.page(
            self.request,
            "inventory.html",
            status if form else HTTPStatus.OK,
            case=view.case,
            dossier=dossier,
            form=shown,
            confirmed=[(str(need.need_id), _kind_of(need, city)) for need in confirmed],
            rows=[row_of(shown, number, city) for number in range(rows_for(shown.values, len(needs)))],
            organisations=choices(shown, await list_organisations(self.unit), view.case.opening.organisation_id),
            draft=draft,
            **CHOICES,
        )


def _kind_of(need: Need, city: City) -> str:
    return f"{city.categories.words(need.category)} (voor: {BENEFICIARIES[need.beneficiary].lower()})"


def _beginning(case: Case, needs: Sequence[Need], dossier: Dossier, draft: Draft | None) -> Form[InventoryForm]:
    if draft is None:
        return empty_form(InventoryForm, **_known(case, needs, dossier))
    return Form(values=still_there(draft.typed, case.needs), model=InventoryForm)


def _known(case: Case, needs: Sequence[Need], dossier: Dossier) -> dict[str, Any]:
    """What the form starts with."""
    values: dict[str, Any] = {to_camel(fact): dossier.facts.get(fact) for fact in OF_THE_INVENTORY}
    if case.findings:
        values["homeVisitOn"] = case.findings.home_visit_on
        values["excludedOrganisations"] = [str(each) for each in case.findings.excluded_organisations]
    for number, need in enumerate(needs):
        values |= values_of(number, need, dossier)
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
