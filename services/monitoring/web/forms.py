"""What people choose on monitoring's pages. Nothing is typed, and nothing is chosen beforehand."""

from pydantic import BaseModel, ConfigDict, Field

from services.monitoring.domain.escalation import Resolution
from shared.events.monitoring import FollowUpAnswer


class FollowUpForm(BaseModel):
    """How it goes with the child."""

    model_config = ConfigDict(extra="forbid")

    answer: FollowUpAnswer = Field(title="Je antwoord", examples=["Het gaat goed"])


class ResolveForm(BaseModel):
    """What was done about it."""

    model_config = ConfigDict(extra="forbid")

    resolution: Resolution = Field(title="Wat heb je gedaan?", examples=["Ik heb de ambassadeur gesproken"])
