"""What people fill in on the pages of one case."""

from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from services.intake.domain.break_glass import OpenReason
from services.intake.domain.consent import FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.erasure import ErasureReason
from services.intake.web.field_types import Category, Email, Language, Line, Name, Phone, TextVersion, Words
from services.intake.web.forms import ConsentForm
from shared.events.base import ConsentGiver
from shared.events.care import OverLimitReason
from shared.events.case_codes import CloseReason, FollowUpRhythm, MissingPart, NeedResult, PauseWish
from shared.kernel.translatable import to_translate
from shared.web.body import Body
from shared.web.forms import Agreed, TypedDate
from shared.web.typed_times import TypedTime

WHY_ALL_THE_SAME: Final = "Waarom vraag je het toch?"


class CloseForm(Body):
    """Why a case is closed, and what became of each need."""

    results: dict[UUID, NeedResult] = Field({}, title="Wat is er van elke hulpvraag gekomen?")
    reason: CloseReason = Field(title="Waarom kan het dossier dicht?", examples=["Het gezin kan zelf verder"])


class EraseForm(Body):
    """Why everything is erased."""

    reason: Literal[ErasureReason.FAMILY_ASKED, ErasureReason.FILED_IN_ERROR] = Field(
        title="Waarom wil je alles wissen?", examples=["Het gezin wil het"]
    )
    sure: Agreed = Field(title="Ik weet dat dit niet terug kan")


class HomeVisitForm(Body):
    """A visit at home."""

    planned_for: TypedDate = Field(title="Op welke dag?")
    starts_at: TypedTime | None = Field(None, title="Hoe laat?", examples=["14:30"])
    interpreter_needed: bool = Field(False, title="Er gaat een tolk mee")
    note: Words | None = Field(None, title="Met wie, en waar let je op?", examples=["Samen met de wijkverpleegkundige"])


class HomeVisitDoneForm(Body):
    """Whether it took place."""

    took_place: bool = Field(title="Is het huisbezoek geweest?")


class PauseForm(Body):
    """Until when the family rests."""

    until: TypedDate = Field(title="Tot welke dag?")
    wished_by: PauseWish = Field(title="Wie wil dit?")


class OpenForm(Body):
    """Why somebody of the desk must know who the family is."""

    reason: OpenReason = Field(title="Waarom open je dit?")
    # The page of this case that was asked for, and where they go on to.
    verder: str = Field("", pattern=r"^[a-z0-9/-]*$", max_length=100)


class GiveBackForm(Body):
    """What the desk misses."""

    missing: tuple[MissingPart, ...] = Field((), title="Wat mist er?", examples=["Voor wie het is"])
    note: Words | None = Field(
        None, title="Wat wil je erbij zeggen?", examples=["Is het voor het kind of voor de moeder?"]
    )


class FollowUpsForm(Body):
    """How often somebody asks, and who reads along."""

    rhythm: FollowUpRhythm = Field(title="Hoe vaak vragen wij hoe het gaat?")
    second_reader_id: UUID | None = Field(None, title="Wie leest er mee?")


class HandOverForm(Body):
    """Who is the family's contact person from now on."""

    ambassador_id: UUID = Field(title="Wie wordt de contactpersoon?")
    organisation_id: UUID = Field(title="School of organisatie")
    told_on: TypedDate | None = Field(None, title="Op welke dag hoorde het gezin dit?", examples=["05-02-2026"])
    over_limit: OverLimitReason | None = Field(None, title=WHY_ALL_THE_SAME)


class HandOverAllForm(Body):
    """What goes from one ambassador to another."""

    ambassador_id: UUID = Field(title="Wie wordt de contactpersoon?")
    organisation_id: UUID = Field(title="School of organisatie")
    cases: tuple[UUID, ...] = Field((), title="Welke gezinnen gaan mee?")
    signals: tuple[UUID, ...] = Field((), title="Welke signalen gaan mee?")
    discard_drafts: bool = Field(False, title="Gooi weg wat nog niet is verstuurd")
    drafts: tuple[UUID, ...] = ()
    over_limit: OverLimitReason | None = Field(None, title=WHY_ALL_THE_SAME)


class ToldForm(Body):
    """Since when the family knows."""

    told_on: TypedDate = Field(title="Op welke dag hoorde het gezin dit?", examples=["05-02-2026"])


class CategoryForm(Body):
    """What is needed in place of what was written down."""

    category: Category = Field(title="Wat is er nodig?")


class ConsentAgainForm(Body):
    """The consent, told anew."""

    consent: ConsentForm = Field(title="Toestemming")


class AnswerForm(Body):
    """How the family was asked what partners may see."""

    given_by: ConsentGiver = Field(title="Wie gaf het antwoord?")
    given_on: TypedDate = Field(title="Op welke dag?", examples=["31-01-2026"])
    text_version: TextVersion = Field(title="Versie van de toestemmingstekst")
    language: Language = Field(title="In welke taal las of hoorde het gezin de tekst?")
    interpreter: bool = Field(False, title="Er was een tolk bij")
    how: How = Field(title="Hoe gaf het gezin het antwoord?")
    until: TypedDate | None = Field(None, title="Tot en met welke dag mag het?", examples=["31-01-2027"])


class PartnerConsentForm(Body):
    """What partners of each kind may see; of a kind that is left out the family said nothing."""

    answers: dict[str, Literal["yes", "no"]] = Field({}, title="Mag deze partner iets lezen?")
    field_sets: dict[str, tuple[FieldSet, ...]] = Field(
        {}, title="Wat mag deze partner lezen?", examples=["Ons verhaal"]
    )
    consent: AnswerForm = Field(title="Hoe het gezin antwoordde")


class StopPartnerForm(Body):
    """With whom the family stops."""

    organisation_id: UUID = Field(title="Met wie wil het gezin stoppen?")


class ContactForm(Body):
    """What the family wants to be called, and how to reach it."""

    contact_name: Name = Field(title="Naam van een ouder, verzorger of de jongere zelf", examples=["Noor Verzonnen"])
    phone: Phone | None = Field(None, title="Telefoonnummer", examples=["06 12345678"])
    email: Email | None = Field(None, title="E-mailadres", examples=["gezin@voorbeeld.example"])
    address: Line | None = Field(None, title="Adres", examples=["Verzonnenstraat 1"])
    address_is_secret: bool = Field(False, title="Het adres is geheim")
    preferred_name: Name | None = Field(None, title="Hoe wil het kind of gezin genoemd worden?", examples=["Mina"])
    contact_wishes: Line | None = Field(
        None, title="Hoe en wanneer praat het gezin het liefst?", examples=["Appen, na schooltijd"]
    )
    own_network: Line | None = Field(None, title="Wie staat het gezin al bij?", examples=["Een oma, de buurvrouw"])
    helper_wishes: Line | None = Field(
        None, title="Wat wil het gezin van wie helpt?", examples=["Liever een vrouw; iemand die onze feesten kent"]
    )


class BirthForm(Body):
    """A child that was expected is born."""

    first_name: Name = Field(title="Voornaam van het kind", examples=["Noor"])
    birth_date: TypedDate = Field(title="Geboortedatum van het kind", examples=["23-04-2026"])


class FamilyCodeForm(Body):
    """The code on a family's card."""

    code: str = Field(title=to_translate("Code van het kaartje"), max_length=40, examples=["ACDE-3467-HJKM"])


class SettledForm(Body):
    """Which question of the family was talked about."""

    ask: UUID


class UrgentForm(Body):
    """That the family knows that somebody is asked now."""

    family_knows: Agreed = Field(title="Het gezin weet dat we nu al iemand vragen")
