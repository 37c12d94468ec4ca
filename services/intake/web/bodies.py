"""What may be sent to intake, and the command that it becomes. Unknown fields are refused by name.

A field that the vault keeps bears the name of its fact, in whichever part it stands.
"""

from dataclasses import replace
from typing import Final
from uuid import UUID

from pydantic import Field, StrictBool

from services.intake.commands import CloseCase, CompleteInventory, ConsentTold, NeedAsked, SubmitRequest
from services.intake.domain.consent_given import ConsentGivenHow, How
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.web.child_bodies import BornOrExpected
from services.intake.web.field_types import (
    Category,
    District,
    Email,
    IsoDay,
    KnownCategory,
    Language,
    Line,
    Name,
    Phone,
    Story,
    TextVersion,
    Words,
)
from shared.events.base import Beneficiary, ConsentGiver, Horizon, Urgency
from shared.events.case_codes import CloseReason, NeedResult
from shared.events.intake import ClosedNeed
from shared.web.body import Body

MAX_NEEDS: Final = 12
MAX_EXCLUDED: Final = 50
_FACTS: Final = {fact.value: fact for fact in Fact}


class ChildBody(BornOrExpected):
    """For whom help is asked."""

    last_name: Name = Field(title="Achternaam van het kind", examples=["Verzonnen"])


class FamilyBody(Body):
    """How to reach the family, and in which language."""

    contact_name: Name = Field(title="Naam van de contactpersoon in het gezin", examples=["Noor Verzonnen"])
    phone: Phone | None = Field(None, title="Telefoonnummer", examples=["06 12345678"])
    email: Email | None = Field(None, title="E-mailadres", examples=["gezin@voorbeeld.example"])
    address: Line | None = Field(None, title="Adres", examples=["Verzonnenstraat 1"])
    address_is_secret: StrictBool = Field(
        default=False,
        title="Het adres is geheim",
        description="Dan ziet alleen de contactpersoon van het gezin het adres en de wijk.",
        examples=[False],
    )
    language: Language = Field(title="Taal van het gezin")
    interpreter_needed: StrictBool = Field(title="Is er een tolk nodig?", examples=[False])
    preferred_name: Name | None = Field(None, title="Zo wil het kind of gezin genoemd worden", examples=["Mina"])
    contact_wishes: Line | None = Field(
        None, title="Hoe en wanneer praat het gezin het liefst?", examples=["Appen, na schooltijd"]
    )


class ConsentBody(Body):
    """Who consented, when, and to which text."""

    given_by: ConsentGiver = Field(title="Wie gaf toestemming", examples=["guardian"])
    given_on: IsoDay = Field(title="Datum van de toestemming", examples=["2026-01-31"])
    text_version: TextVersion = Field(title="Versie van de toestemmingstekst")
    consent_name: Name | None = Field(
        None, alias="name", title="Naam van wie toestemming gaf", examples=["Noor Verzonnen"]
    )
    language: Language | None = Field(None, title="In welke taal las of hoorde het gezin de tekst?")
    how: How | None = Field(None, title="Hoe gaf het gezin het antwoord?", examples=["spoken"])
    interpreter: StrictBool = Field(default=False, title="Was er een tolk bij?", examples=[False])

    @property
    def consented(self) -> ConsentGivenHow:
        """How it was given."""
        return ConsentGivenHow(self.language, self.how, self.interpreter)

    @property
    def told(self) -> ConsentTold:
        """The same as what is asked of a case that is there already."""
        return ConsentTold(self.given_by, self.given_on, self.text_version, self.consent_name, self.consented)


class NeedBody(Body):
    """One thing that is needed."""

    category: Category = Field(title="Wat is er nodig?")
    urgency: Urgency = Field(title="Hoe snel?", examples=["soon"])
    horizon: Horizon = Field(Horizon.SHORT, title="Voor nu of voor langere tijd?", examples=["short"])
    beneficiary: Beneficiary = Field(Beneficiary.CHILD, title="Voor wie?", examples=["child"])
    description: Words | None = Field(
        None, title="In de woorden van het gezin", examples=["Een fiets voor naar school"]
    )


class RequestBody(Body):
    """A request for help for one child."""

    ambassador_id: UUID | None = Field(None, title="Wie hulp vraagt", examples=["01890a5d-ac96-774b-bcce-b302099a8057"])
    child: ChildBody = Field(
        title="Het kind", examples=[{"firstName": "Amina", "lastName": "Verzonnen", "birthDate": "2016-04-23"}]
    )
    family: FamilyBody = Field(title="Het gezin")
    district: District = Field(title="Wijk")
    story: Story | None = Field(None, title="Het verhaal", examples=["Wat het gezin zelf wil vertellen"])
    consent: ConsentBody = Field(title="Toestemming")
    needs: list[NeedBody] = Field(title="Wat is er nodig?", min_length=1, max_length=MAX_NEEDS)
    family_knows: StrictBool = Field(
        default=False,
        title="Het gezin weet dat we nu al iemand vragen",
        description="Dan vragen wij nu al een partner voor wat vandaag nodig is, en voor kleine dingen.",
        examples=[True],
    )


class NeedFoundBody(NeedBody):
    """One need of an inventory; `id` is that of a need that the case already has.

    What the family needs again after it confirmed a need is a new one: it is named without that id. What turns out to
    be another kind of help is a new one too, and the answer tells its id.
    """

    category: KnownCategory = Field(title="Wat is er nodig?")
    id: UUID | None = Field(None, title="Kenmerk van de hulpvraag", examples=["01890a5d-ac96-774b-bcce-b302099a8057"])
    depends_on: tuple[UUID, ...] = Field((), title="Wacht op deze hulpvragen", max_length=MAX_NEEDS)
    goal: Words | None = Field(None, title="Wat wil het gezin bereiken?", examples=["Zelf naar school fietsen"])
    target_on: IsoDay | None = Field(None, title="Op welke dag moet het er zijn?", examples=["2026-05-01"])


class InventoryBody(Body):
    """What ambassador and family found together. All needs are named, old and new."""

    context: Story | None = Field(None, title="Hoe is de situatie?", examples=["Wat er speelt"])
    bottlenecks: Story | None = Field(None, title="Wat zit er in de weg?", examples=["Waar het op vastloopt"])
    effect_on_child: Story | None = Field(None, title="Wat merkt het kind ervan?", examples=["Gaat niet mee naar gym"])
    discussed_on: IsoDay = Field(title="Besproken met het gezin op", examples=["2026-01-31"])
    home_visit_on: IsoDay | None = Field(None, title="Huisbezoek op", examples=["2026-02-05"])
    needs: list[NeedFoundBody] = Field(title="Wat is er nodig?", min_length=1, max_length=MAX_NEEDS)
    excluded_organisations: tuple[UUID, ...] = Field(
        (), title="Organisaties die het gezin liever niet heeft", max_length=MAX_EXCLUDED
    )


class ResultBody(Body):
    """What became of one need."""

    need_id: UUID = Field(title="Kenmerk van de hulpvraag", examples=["01890a5d-ac96-774b-bcce-b302099a8057"])
    result: NeedResult = Field(title="Wat kwam ervan?", examples=["met"])


class ClosingBody(Body):
    """Why nobody has to look after a case any more, and what became of each of its needs."""

    reason: CloseReason = Field(title="Waarom kan het dossier dicht?", examples=["family-continues-alone"])
    results: tuple[ResultBody, ...] = Field(
        (),
        title="Wat kwam er van elke hulpvraag?",
        max_length=MAX_NEEDS,
        examples=[[{"needId": "01890a5d-ac96-774b-bcce-b302099a8057", "result": "met"}]],
    )


def to_submit(body: RequestBody, viewer: Viewer) -> SubmitRequest:
    """What this sender asks; without a named ambassador it is the sender's own."""
    return SubmitRequest(
        ambassador_id=body.ambassador_id or viewer.person_id,
        organisation_id=viewer.organisation_id,
        district=body.district,
        family_language=body.family.language,
        interpreter_needed=body.family.interpreter_needed,
        consent_given_by=body.consent.given_by,
        consent_given_on=body.consent.given_on,
        consent_text_version=body.consent.text_version,
        needs=tuple(need_asked(each) for each in body.needs),
        birth_date=body.child.birth_date,
        expected_month=body.child.expected_month,
        facts=_facts(body, body.child, body.family, body.consent),
        family_knows=body.family_knows,
        address_is_secret=body.family.address_is_secret,
        consented=body.consent.consented,
    )


def to_inventory(
    case_id: UUID,
    body: InventoryBody,
    again: tuple[UUID, ...] = (),
    seen: frozenset[UUID] | None = None,
    *,
    new_question: bool = False,
) -> CompleteInventory:
    """What was found."""
    return CompleteInventory(
        case_id=case_id,
        needs=tuple(_need_found(each) for each in body.needs),
        discussed_on=body.discussed_on,
        facts=_facts(body),
        home_visit_on=body.home_visit_on,
        excluded_organisations=body.excluded_organisations,
        again=again,
        seen=seen,
        new_question=new_question,
    )


def to_closing(case_id: UUID, body: ClosingBody) -> CloseCase:
    """Why it is closed, with what became of each need."""
    results = tuple(ClosedNeed(need_id=each.need_id, result=each.result) for each in body.results)
    return CloseCase(case_id, body.reason, results)


def _facts(*parts: Body) -> dict[Fact, str]:
    """What somebody filled in of what the vault keeps."""
    return {
        _FACTS[name]: str(value)
        for part in parts
        for name, value in part
        if name in _FACTS and value and name != Fact.DISTRICT
    }


def need_asked(body: NeedBody) -> NeedAsked:
    """What is needed, without what only an inventory knows of it."""
    return NeedAsked(body.category, body.urgency, body.horizon, body.beneficiary, body.description)


def _need_found(body: NeedFoundBody) -> NeedAsked:
    return replace(need_asked(body), id=body.id, depends_on=body.depends_on, goal=body.goal, target_on=body.target_on)
