"""What a school's system sends with a step, and the command that it becomes."""

from datetime import time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from services.intake.commands import AgreeFollowUps, EraseCase, PauseCase, PlanHomeVisit, RenewConsent
from services.intake.domain.erasure import ErasureReason
from services.intake.web.bodies import ConsentBody
from services.intake.web.field_types import IsoDay, Words
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

    def command(self, case_id: UUID) -> RenewConsent:
        """What is asked."""
        told = self.consent
        return RenewConsent(case_id, told.given_by, told.given_on, told.text_version, told.consent_name)


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
