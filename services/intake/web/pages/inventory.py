"""The inventory with the family."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic.alias_generators import to_camel

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.consent_errors import ConsentOutgrown
from services.intake.domain.dossier import OF_THE_INVENTORY, Dossier, Fact
from services.intake.domain.draft import Draft, DraftKind, inventory_draft_id
from services.intake.domain.errors import NeedsNotSeen, NotPossibleNow
from services.intake.domain.progress import Progress
from services.intake.handlers.cases import case_for, raise_new_question
from services.intake.handlers.drafts import find_draft, keep_draft, throw_draft_away
from services.intake.handlers.family_page import sources_of
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.showing import list_organisations, show_case
from services.intake.web.asking import with_bsn
from services.intake.web.beside_needs import ADD, beside, with_suggested
from services.intake.web.bodies import to_inventory
from services.intake.web.case_page import CasePage, TheCasePage, reader_of
from services.intake.web.dependencies import TheShelf
from services.intake.web.forms import InventoryForm, in_their_order, without_gone
from services.intake.web.need_rows import CHOICES, kind_of, row_of, rows_for, still_there, values_of
from services.intake.web.organisation_choice import choices
from services.intake.web.reaches import REACHES
from shared.events.base import Need
from shared.events.shelf import Shelf
from shared.kernel.city import City
from shared.kernel.errors import Invalid
from shared.web.forms import FieldError, Form, empty_form

# Fields of the page that are no part of the inventory.
BUTTONS: Final = frozenset({"go", "organisation", "signals"})
# They only show something.
LOOKS: Final = frozenset({"search", "signals"})
ORDER: Final = (
    "discussedOn", "context", "bottlenecks", "effectOnChild", "needs", "again", "excludedOrganisations",
)  # fmt: skip
FACTS: Final = (Fact.FIRST_NAME, Fact.PREFERRED_NAME, Fact.CONTACT_NAME, Fact.STORY, *OF_THE_INVENTORY)
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/inventarisatie")
async def inventory(shelf: TheShelf, page: TheCasePage) -> Response:
    """The inventory, with everything that is known already, or as far as this viewer had filled it in."""
    case = (await show_case(page.case_id, page.unit, page.viewer)).case
    if not case.is_open:
        # It says there that it is over, and what can be done.
        return RedirectResponse(f"/aanvragen/{page.case_id}", status_code=HTTPStatus.SEE_OTHER)
    return await _Page(page, shelf, new_question=False).shows(None)


@router.post("/inventarisatie")
async def assess(request: Request, shelf: TheShelf, page: TheCasePage) -> Response:
    """Store what was found; partners are looked for at once. Other buttons keep it for later, or search."""
    return await _stored(request, _Page(page, shelf, new_question=False), "geinventariseerd")


@router.get("/nieuwe-vraag")
async def new_question(shelf: TheShelf, page: TheCasePage) -> Response:
    """The same form for a new question. Nothing changes before it is stored."""
    case = (await show_case(page.case_id, page.unit, page.viewer)).case
    if case.state is CaseState.RECEIVED or not (case.is_open or case.state is CaseState.CLOSED):
        return RedirectResponse(f"/aanvragen/{page.case_id}", status_code=HTTPStatus.SEE_OTHER)
    return await _Page(page, shelf, new_question=True).shows(None)


@router.post("/nieuwe-vraag")
async def ask_anew(request: Request, shelf: TheShelf, page: TheCasePage) -> Response:
    """Store the new question together with its inventory; or raise it, and keep what was typed for later."""
    return await _stored(request, _Page(page, shelf, new_question=True), "nieuwe-vraag")


async def _stored(request: Request, page: "_Page", done: str) -> Response:
    form = await page.about.reads(
        request, InventoryForm, many=("excludedOrganisations", "again", "signals"), order=ORDER
    )
    if form.values.get("go") in LOOKS or str(form.values.get("go")).startswith(ADD):
        looked = with_suggested(form.values, page.about.dependencies.city)
        return await page.shows(replace(form, values=looked, errors=[]), status=HTTPStatus.OK)
    if form.values.get("go") == "later":
        return await _kept(page, form)
    body = without_gone(form)
    if body is None or form.errors:
        return await page.shows(form)
    return await _completed(page, form, body, done)


async def _completed(page: "_Page", form: Form[InventoryForm], body: InventoryForm, done: str) -> Response:
    try:
        # A refusal takes back what was done until then, and the page is shown with what was typed.
        async with page.about.unit.savepoint():
            await _complete(page, form, body)
    except NeedsNotSeen as refusal:
        return await page.shows(form, refusal)
    except ConsentOutgrown:
        # What was typed waits until somebody has asked the family.
        await _kept(page, form)
        return RedirectResponse(f"/aanvragen/{page.about.case_id}/toestemming", status_code=HTTPStatus.SEE_OTHER)
    except Invalid as refusal:
        form.refuse_as(refusal)
        return await page.shows(form)
    return page.about.done(done)


async def _complete(page: "_Page", form: Form[InventoryForm], body: InventoryForm) -> None:
    viewer, unit, case_id = page.about.viewer, page.about.unit, page.about.case_id
    told = to_inventory(case_id, body, body.again, _seen(form), new_question=page.new_question)
    still_right = {fact for fact in OF_THE_INVENTORY if body.still_right.get(to_camel(fact))}
    await complete_inventory(in_their_order(told, body), unit, viewer, still_right)
    await throw_draft_away(inventory_draft_id(case_id, viewer.person_id), unit, viewer)


async def _kept(page: "_Page", form: Form[InventoryForm]) -> Response:
    """Nothing has to be whole yet. A citizen service number is not kept for a moment."""
    viewer, unit, case_id = page.about.viewer, page.about.unit, page.about.case_id
    case = await case_for(case_id, unit, viewer)
    refused = with_bsn(form.values)
    if refused:
        return await page.shows(replace(form, errors=[each for each in form.errors if each.field in refused]))
    if page.new_question:
        # From now on somebody is asked to finish it.
        case = await raise_new_question(case_id, unit, viewer)
    if not case.is_open:
        raise NotPossibleNow("keep an inventory", case.state.value)
    typed = {name: value for name, value in form.values.items() if value and name not in BUTTONS}
    draft_id = inventory_draft_id(case_id, viewer.person_id)
    await keep_draft(draft_id, DraftKind.INVENTORY, typed, unit, viewer, case_id)
    return RedirectResponse(f"/aanvragen/{case_id}/inventarisatie?bewaard=1", status_code=HTTPStatus.SEE_OTHER)


@dataclass(frozen=True)
class _Page:
    """The page of this case's inventory, for this viewer; or the same for a new question."""

    about: CasePage
    shelf: Shelf
    new_question: bool

    async def shows(
        self,
        form: Form[InventoryForm] | None,
        unseen: NeedsNotSeen | None = None,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
    ) -> Response:
        """What is known, was kept, or was typed in `form` (then with this status); with a row for each of `unseen`."""
        about, city = self.about, self.about.dependencies.city
        view, dossier = await about.opens(FACTS, "inventory-page")
        confirmed = [each.need for each in view.needs if each.stage is Progress.CONFIRMED]
        needs = [each.need for each in view.needs if each.need not in confirmed]
        if form and unseen:
            _add_rows(form, needs, dossier, unseen, city)
        draft = await find_draft(inventory_draft_id(about.case_id, about.viewer.person_id), about.unit, about.viewer)
        shown = form or _beginning(view.case, needs, dossier, draft)
        known = await list_organisations(about.unit)
        return about.dependencies.templates.page(
            about.request,
            "inventory.html",
            status if form else HTTPStatus.OK,
            **self._words(view.case, dossier),
            told=await self._told(view.case, dossier),
            form=shown,
            confirmed=[(str(need.need_id), kind_of(need, city)) for need in confirmed],
            rows=[row_of(shown, number, city) for number in range(rows_for(shown.values, len(needs)))],
            organisations=choices(shown, known, view.case.opening.organisation_id),
            draft=draft,
            **beside(shown, self.shelf, city),
            **CHOICES,
        )

    async def _told(self, case: Case, dossier: Dossier) -> dict[str, dict[str, Any]]:
        """Of what the family told before: when, to whom, and whether that is so fresh that it is not asked again."""
        unit, sources = self.about.unit, await sources_of(case, self.about.unit)
        stale_on = unit.city.day_of(unit.now) - timedelta(days=unit.city.privacy.fresh_days)
        return {
            to_camel(fact): {
                "words": dossier.facts[fact],
                "on": sources[fact].day,
                "to": self._to_whom(sources[fact].person_id, case),
                "is_fresh": sources[fact].day > stale_on,
            }
            for fact in (Fact.STORY, *OF_THE_INVENTORY)
            if fact in dossier.facts
        }

    def _to_whom(self, person_id: UUID | None, case: Case) -> str:
        known = {case.opening.ambassador_id: "de contactpersoon", self.about.viewer.person_id: "jou"}
        return known.get(person_id, "een collega") if person_id else "een computer"

    def _words(self, case: Case, dossier: Dossier) -> dict[str, Any]:
        return {
            "case": case,
            "dossier": dossier,
            "called": dossier.called,
            "new_question": self.new_question,
            "reach": REACHES["new_question" if self.new_question else "inventory"],
            "reader": reader_of(self.about.viewer),
        }


def _beginning(case: Case, needs: Sequence[Need], dossier: Dossier, draft: Draft | None) -> Form[InventoryForm]:
    if draft is None:
        return empty_form(InventoryForm, **_known(case, needs, dossier))
    return Form(values=still_there(draft.typed, case.needs), model=InventoryForm)


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
