"""The same fields as in `bodies`, as people fill them in on a page."""

from uuid import UUID

from pydantic import Field

from services.intake.web.bodies import (
    MAX_NEEDS,
    ChildBody,
    ConsentBody,
    FamilyBody,
    InventoryBody,
    NeedFoundBody,
    RequestBody,
)
from shared.events.base import ConsentGiver
from shared.events.intake import CloseReason
from shared.web.body import Body
from shared.web.forms import Form, TypedDate


class ChildForm(ChildBody):
    """The child, with a birth date as people type it."""

    birth_date: TypedDate = Field(title="Geboortedatum van het kind", examples=["23-04-2016"])


class FamilyForm(FamilyBody):
    """The family; a box that is not ticked means no."""

    interpreter_needed: bool = Field(False, title="Er is een tolk nodig")


class ConsentForm(ConsentBody):
    """The consent, with a date as people type it."""

    given_by: ConsentGiver = Field(title="Wie gaf toestemming?")
    given_on: TypedDate = Field(title="Datum van de toestemming", examples=["31-01-2026"])


class RequestForm(RequestBody):
    """The same request as a page sends it, step by step (`asking`)."""

    child: ChildForm = Field(title="Het kind")
    family: FamilyForm = Field(title="Het gezin")
    consent: ConsentForm = Field(title="Toestemming")


class NeedForm(NeedFoundBody):
    """One need of an inventory on the page; a known one can be ticked away."""

    gone: bool = Field(False, title="Niet meer nodig")


class InventoryForm(InventoryBody):
    """The same inventory as a page sends it; what the family confirmed is ticked when it is needed again."""

    needs: list[NeedForm] = Field([], title="Wat is er nodig?", max_length=MAX_NEEDS)  # type: ignore[assignment]  # a list of a kind of the same
    again: tuple[UUID, ...] = Field((), title="Wat is er opnieuw nodig?")
    discussed_on: TypedDate = Field(title="Besproken met het gezin op", examples=["31-01-2026"])
    home_visit_on: TypedDate | None = Field(None, title="Huisbezoek op", examples=["05-02-2026"])
    # The button that was pressed, and what somebody searched for with one of them.
    go: str = Field("send", title="Knop")
    organisation: str = Field("", title="Zoek een organisatie")


class CloseForm(Body):
    """Why a case is closed."""

    reason: CloseReason = Field(title="Waarom kan het dossier dicht?", examples=["Het gezin kan zelf verder"])


def without_gone(form: Form[InventoryForm]) -> InventoryForm | None:
    """The inventory without the needs that were ticked away; nothing waits for them. None when something is wrong."""
    if form.data is None:
        return None
    kept = [need for need in form.data.needs if not need.gone]
    if not kept and not form.data.again:
        form.refuse(
            "needs.0.category", "Er moet minstens één hulpvraag staan. Is er niets meer nodig? Sluit dan het dossier."
        )
        return None
    gone = {need.id for need in form.data.needs if need.gone}
    waiting = [tuple(before for before in need.depends_on if before not in gone) for need in kept]
    kept = [need.model_copy(update={"depends_on": after}) for need, after in zip(kept, waiting, strict=True)]
    return form.data.model_copy(update={"needs": kept})
