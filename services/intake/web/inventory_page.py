"""The page of an inventory, or of a new question: with what is known, was kept, or was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import Response
from pydantic.alias_generators import to_camel

from services.intake.domain.case import Case
from services.intake.domain.dossier import OF_THE_INVENTORY, Dossier, Fact
from services.intake.domain.draft import Draft, inventory_draft_id
from services.intake.domain.errors import NeedsNotSeen
from services.intake.domain.progress import Progress
from services.intake.handlers.drafts import find_draft
from services.intake.handlers.showing import list_organisations
from services.intake.web.case_page import CasePage, reader_of
from services.intake.web.forms import InventoryForm
from services.intake.web.need_rows import CHOICES, row_of, rows_for, still_there, values_of
from services.intake.web.organisation_choice import choices
from services.intake.web.reaches import REACHES
from services.intake.web.words import BENEFICIARIES
from shared.events.base import Need
from shared.kernel.city import City
from shared.web.forms import FieldError, Form, empty_form

FACTS: Final = (Fact.FIRST_NAME, Fact.PREFERRED_NAME, Fact.CONTACT_NAME, Fact.STORY, *OF_THE_INVENTORY)


@dataclass(frozen=True)
class InventoryPage:
    """The page of this case's inventory, for this viewer; or the same for a new question."""

    about: CasePage
    new_question: bool

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/aanvragen/{self.about.case_id}/{'nieuwe-vraag' if self.new_question else 'inventarisatie'}"

    @property
    def draft_id(self) -> UUID:
        """Where this viewer's own is kept until it is sent."""
        return inventory_draft_id(self.about.case_id, self.about.viewer.person_id)

    async def shows(
        self,
        form: Form[InventoryForm] | None,
        unseen: NeedsNotSeen | None = None,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
    ) -> Response:
        """What is known, was kept, or was typed in `form` (then with this status); with a row for each of `unseen`."""
        about = self.about
        view, dossier = await about.opens(FACTS, "inventory-page")
        city = about.dependencies.city
        confirmed = [each.need for each in view.needs if each.stage is Progress.CONFIRMED]
        needs = [each.need for each in view.needs if each.need not in confirmed]
        if form and unseen:
            _add_rows(form, needs, dossier, unseen, city)
        draft = await find_draft(self.draft_id, about.unit, about.viewer)
        shown = form or _beginning(view.case, needs, dossier, draft)
        return about.dependencies.templates.page(
            about.request,
            "inventory.html",
            status if form else HTTPStatus.OK,
            case=view.case,
            dossier=dossier,
            called=dossier.called,
            form=shown,
            new_question=self.new_question,
            path_here=self.path,
            reach=REACHES["new_question" if self.new_question else "inventory"],
            reader=reader_of(about.viewer),
            confirmed=[(str(need.need_id), _kind_of(need, city)) for need in confirmed],
            rows=[row_of(shown, number, city) for number in range(rows_for(shown.values, len(needs)))],
            organisations=choices(shown, await list_organisations(about.unit), view.case.opening.organisation_id),
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
        values["excludedOrganisations"] = [str(each) for each in case.findings.excluded_organisations]
    for number, need in enumerate(needs):
        values |= values_of(number, need, dossier, [each.need_id for each in needs])
    return values


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
