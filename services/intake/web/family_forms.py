"""What a family fills in on its own pages."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from services.intake.domain.consent import FieldSet
from services.intake.web.field_types import PartnerKind, Story, Words
from shared.events.base import ConsentGiver
from shared.events.case_codes import FollowUpRhythm
from shared.events.family_voice import Felt
from shared.kernel.translatable import to_translate
from shared.web.body import Body
from shared.web.forms import Agreed, TypedDate


class NotRightForm(Body):
    """What is not right, and about which child, where there are several."""

    child: UUID | None = Field(None, title=to_translate("Over wie gaat het?"))
    words: Words = Field(title=to_translate("Wat klopt er niet?"))


class WhyForm(Body):
    """Of which line of the log the family asks why."""

    line: UUID = Field(title=to_translate("Waarvan wil je weten waarom?"))


class RestForm(Body):
    """For how many weeks."""

    weeks: int = Field(title=to_translate("Tot wanneer?"), ge=0, le=52)


class RhythmForm(Body):
    """How often somebody may ask."""

    rhythm: FollowUpRhythm = Field(title=to_translate("Hoe vaak mogen wij vragen hoe het gaat?"))


class RatherNotForm(Body):
    """Which organisation."""

    organisation_id: UUID = Field(title=to_translate("Welke organisatie liever niet?"))


class AfterAllForm(Body):
    """Which organisation may be asked again."""

    organisation_id: UUID = Field(title=to_translate("Welke organisatie is toch goed?"))


class ExperienceForm(Body):
    """How help was."""

    need_id: UUID
    welcome: Felt = Field(title=to_translate("Voelden jullie je welkom?"))
    fitting: Felt = Field(title=to_translate("Paste de hulp bij jullie?"))
    tailored: Felt = Field(title=to_translate("Luisterden ze naar wat jullie zelf wilden?"))


class StoryForm(Body):
    """The family's own story, and that it may be used."""

    words: Story = Field(title=to_translate("Jullie verhaal"))
    agreed: Agreed = Field(title=to_translate("Ja, de stad mag dit verhaal gebruiken, zonder onze naam"))


class AllowForm(Body):
    """What whoever helps may see, and who says so; no is as good an answer as yes."""

    partner_kind: PartnerKind | None = Field(None, title=to_translate("Over welke organisaties gaat dit?"))
    field_sets: tuple[FieldSet, ...] = Field((), title=to_translate("Dit mogen zij zien"))
    given_by: ConsentGiver = Field(title=to_translate("Wie zegt dit?"))
    until: TypedDate | None = Field(None, title=to_translate("Tot en met welke dag mag het?"), examples=["31-01-2027"])
    answer: Literal["yes", "no"]


class StopForm(Body):
    """With which organisation the family stops."""

    organisation_id: UUID = Field(title=to_translate("Met wie willen jullie stoppen?"))


class StopAllForm(Body):
    """That the family stops with everything."""

    sure: Agreed = Field(title=to_translate("Ja, ik wil met alles stoppen"))
