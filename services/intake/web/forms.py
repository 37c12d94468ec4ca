"""The same fields as in `bodies`, as people fill them in on a page."""

from dataclasses import replace
from uuid import UUID

from pydantic import Field

from services.intake.commands import CompleteInventory
from services.intake.web.bodies import (
    MAX_NEEDS,
    ChildBody,
    ConsentBody,
    FamilyBody,
    InventoryBody,
    NeedFoundBody,
    RequestBody,
)
from services.intake.web.child_bodies import BornOrExpectedForm
from services.intake.web.field_types import District, Remark, Worry
from shared.events.base import AgeBand, ConsentGiver
from shared.web.body import Body
from shared.web.forms import Form, TypedDate

MAX_WORRIES = 20


class ChildForm(BornOrExpectedForm, ChildBody):
    """The child, with a birth date as people type it."""


class FamilyForm(FamilyBody):
    """The family; a box that is not ticked means no."""

    address_is_secret: bool = Field(False, title="Het adres is geheim")
    interpreter_needed: bool = Field(False, title="Er is een tolk nodig")


class ConsentForm(ConsentBody):
    """The consent, with a date as people type it."""

    given_by: ConsentGiver = Field(title="Wie gaf toestemming?")
    given_on: TypedDate = Field(title="Datum van de toestemming", examples=["31-01-2026"])
    interpreter: bool = Field(False, title="Er was een tolk bij")


class RequestForm(RequestBody):
    """The same request as a page sends it, step by step (`asking`)."""

    child: ChildForm = Field(title="Het kind")
    family: FamilyForm = Field(title="Het gezin")
    consent: ConsentForm = Field(title="Toestemming")
    family_knows: bool = Field(False, title="Het gezin weet dat we nu al iemand vragen")


class NeedForm(NeedFoundBody):
    """One need of an inventory on the page; a known one can be ticked away."""

    waits_for: int | None = Field(None, title="Wacht op", ge=0, le=MAX_NEEDS)
    target_on: TypedDate | None = Field(None, title="Op welke dag moet het er zijn?", examples=["01-05-2026"])
    gone: bool = Field(False, title="Niet meer nodig")


class InventoryForm(InventoryBody):
    """The same inventory as a page sends it; what the family confirmed is ticked when it is needed again."""

    needs: list[NeedForm] = Field([], title="Wat is er nodig?", max_length=MAX_NEEDS)  # type: ignore[assignment]  # a list of a kind of the same
    again: tuple[UUID, ...] = Field((), title="Wat is er opnieuw nodig?")
    discussed_on: TypedDate = Field(title="Besproken met het gezin op", examples=["31-01-2026"])
    home_visit_on: TypedDate | None = Field(None, title="Huisbezoek op", examples=["05-02-2026"])
    still_right: dict[str, bool] = Field({}, title="Klopt dit nog?")
    # The button that was pressed, and what somebody searched for with one of them.
    go: str = Field("send", title="Knop")
    organisation: str = Field("", title="Zoek een organisatie")
    # What is ticked to see what may help; it is kept nowhere.
    signals: tuple[Worry, ...] = Field((), title="Wat merk je in het gesprek?")


class SignalForm(Body):
    """An early signal: codes, and at most a few words for whoever writes them."""

    worries: tuple[Worry, ...] = Field(title="Waar maak je je zorgen over?", min_length=1, max_length=MAX_WORRIES)
    district: District | None = Field(None, title="Wijk")
    age_band: AgeBand | None = Field(None, title="Hoe oud is het kind?")
    remark: Remark | None = Field(None, title="Voor jezelf", examples=["Vrijdag nog eens vragen"])
    signal_id: UUID = Field(title="Signaal")


class WorryForm(Body):
    """A worry that is passed on, in codes; who it is about is told on the telephone."""

    ambassador_id: UUID = Field(title="Aan wie geef je het door?")
    organisation_id: UUID = Field(title="School of organisatie")
    worries: tuple[Worry, ...] = Field(title="Waar maak je je zorgen over?", min_length=1, max_length=MAX_WORRIES)
    age_band: AgeBand | None = Field(None, title="Hoe oud is het kind?")
    district: District | None = Field(None, title="Wijk")
    signal_id: UUID = Field(title="Signaal")


class ForwardForm(Body):
    """To whom a signal goes on."""

    ambassador_id: UUID = Field(title="Aan wie geef je het door?")
    organisation_id: UUID = Field(title="School of organisatie")


def without_gone(form: Form[InventoryForm]) -> InventoryForm | None:
    """The inventory without the needs that were ticked away; nothing waits for them. None when something is wrong.

    `waits_for` is the number of a row on the page, and afterwards a place in the list that is left.
    """
    if form.data is None:
        return None
    needs = form.data.needs
    kept = [place for place, need in enumerate(needs) if not need.gone]
    if not kept and not form.data.again:
        form.refuse(
            "needs.0.category", "Er moet minstens één hulpvraag staan. Is er niets meer nodig? Sluit dan het dossier."
        )
        return None
    gone = {need.id for need in needs if need.gone}
    places = {row: kept.index(place) for place, row in enumerate(_rows(form)) if place in kept}
    left = [
        needs[place].model_copy(
            update={
                "depends_on": tuple(before for before in needs[place].depends_on if before not in gone),
                "waits_for": places.get(waits) if (waits := needs[place].waits_for) is not None else None,
            }
        )
        for place in kept
    ]
    return form.data.model_copy(update={"needs": left})


def _rows(form: Form[InventoryForm]) -> list[int]:
    """The numbers of the rows in which something stands, in their order."""
    names = [name.split(".") for name, value in form.values.items() if value not in ("", None)]
    return sorted({int(name[1]) for name in names if name[0] == "needs" and name[1].isdecimal()})


def in_their_order(command: CompleteInventory, body: InventoryForm) -> CompleteInventory:
    """The command with what each need waits for, as it was chosen on the page."""
    after = [() if need.waits_for is None else (need.waits_for,) for need in body.needs]
    needs = tuple(replace(asked, after=places) for asked, places in zip(command.needs, after, strict=True))
    return replace(command, needs=needs)
