"""What a school's system sends with a step, and the command that it becomes."""

from datetime import time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from services.intake.commands import AgreeFollowUps, AnswerConsent, ConsentTold, EraseCase, PauseCase, PlanHomeVisit
from services.intake.domain.consent import FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.erasure import ErasureReason
from services.intake.web.bodies import ConsentBody
from services.intake.web.field_types import IsoDay, Language, Name, PartnerKind, TextVersion, Words
from shared.events.base import ConsentGiver
from shared.events.case_codes import FollowUpRhythm, PauseWish
from shared.web.body import Body

TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class PauseBody(Body):
    """Until when the family rests."""

    until: IsoDay = Field(title="Tot welke dag?", examples=["2026-03-05"])
    wished_by: PauseWish = Field(title="Wie wil dit?", examples=["family"])

    def command(self, case_id: UUID) -> PauseCase:
        """What is asked."""
        return PauseCase(case_id, self.until, self.wished_by)


class ConsentAgainBody(Body):
    """The consent, given anew."""

    consent: ConsentBody = Field(title="Toestemming")

    def told(self) -> ConsentTold:
        """What is told."""
        return self.consent.told


class BirthBody(Body):
    """A child that was expected is born."""

    first_name: Name = Field(title="Voornaam van het kind", examples=["Noor"])
    birth_date: IsoDay = Field(title="Geboortedatum van het kind", examples=["2026-04-23"])


class PartnerAnswerBody(Body):
    """What partners of one kind may see, and with which text the family was asked."""

    partner_kind: PartnerKind | None = Field(None, title="Voor welke soort partner? Weggelaten: voor elke")
    field_sets: tuple[FieldSet, ...] = Field(
        title="Wat mag de partner zien? Leeg: niets", examples=[["reach", "story"]], max_length=len(FieldSet)
    )
    given_by: ConsentGiver = Field(title="Wie gaf het antwoord", examples=["guardian"])
    given_on: IsoDay = Field(title="Datum van het antwoord", examples=["2026-01-31"])
    text_version: TextVersion = Field(title="Versie van de toestemmingstekst")
    language: Language = Field(title="In welke taal las of hoorde het gezin de tekst?")
    interpreter: StrictBool = Field(title="Was er een tolk bij?", examples=[False])
    how: How = Field(title="Hoe gaf het gezin het antwoord?", examples=["spoken"])
    until: IsoDay | None = Field(None, title="Tot en met welke dag?", examples=["2027-01-31"])


class PartnerConsentBody(Body):
    """What the family allows partners to see."""

    consent: PartnerAnswerBody = Field(title="Wat partners mogen zien")

    def command(self, case_id: UUID) -> AnswerConsent:
        """What is asked."""
        told = self.consent.model_dump() | {"field_sets": frozenset(self.consent.field_sets)}
        return AnswerConsent(case_id=case_id, **told)


class ErasureBody(Body):
    """Why everything is erased."""

    reason: Literal["family-asked", "filed-in-error"] = Field(
        title="Waarom wordt alles gewist?", examples=["family-asked"]
    )

    def command(self, case_id: UUID) -> EraseCase:
        """What is asked."""
        return EraseCase(case_id, ErasureReason(self.reason))


class BeingErased(BaseModel):
    """The answer to it: nothing of the case, which is gone."""

    status: Literal["erasing"] = "erasing"


class HomeVisitBody(Body):
    """A visit at home. The note stays in the vault."""

    planned_for: IsoDay = Field(title="Op welke dag?", examples=["2026-02-05"])
    starts_at: TimeOfDay | None = Field(None, title="Hoe laat?", examples=["14:30"])
    interpreter_needed: StrictBool = Field(False, title="Gaat er een tolk mee?", examples=[False])
    note: Words | None = Field(
        None, title="Met wie, en waar let je op? Dit blijft in de kluis", examples=["Samen met de wijkverpleegkundige"]
    )

    def command(self, case_id: UUID) -> PlanHomeVisit:
        """What is asked."""
        starts_at = time.fromisoformat(self.starts_at) if self.starts_at else None
        return PlanHomeVisit(case_id, self.planned_for, starts_at, self.interpreter_needed, self.note)


class UrgentBody(Body):
    """The family knows that somebody is asked now."""

    family_knows: Literal[True] = Field(title="Het gezin weet dat we nu al iemand vragen", examples=[True])


class HomeVisitDoneBody(Body):
    """Whether the visit took place."""

    took_place: StrictBool = Field(title="Is het huisbezoek geweest?", examples=[True])


class FollowUpsBody(Body):
    """How often somebody asks how the child is doing, and who at the school reads along."""

    rhythm: FollowUpRhythm = Field(title="Hoe vaak vragen wij hoe het gaat?", examples=["monthly"])
    second_reader_id: UUID | None = Field(None, title="Wie op school leest er mee?")

    def command(self, case_id: UUID) -> AgreeFollowUps:
        """What is asked."""
        return AgreeFollowUps(case_id, self.rhythm, self.second_reader_id)
