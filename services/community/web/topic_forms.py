"""What somebody proposes for a gathering, and what the desk decides; and whom the desk asks to speak."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.domain.sign_up import SignUp
from services.community.handlers.topics import ProposeTopic
from shared.web.forms import Form, read_form
from shared.web.written import EmailAddress, OneLine, PersonName


class TopicForm(BaseModel):
    """A topic, and whom to ask."""

    model_config = ConfigDict(extra="forbid")

    title: OneLine = Field(title="Waar moet het over gaan?", examples=["Hoe praat je over geldzorgen?"])
    speaker: OneLine | None = Field(None, title="Wie kan daarover vertellen?", repr=False)
    wantedFor: UUID | None = Field(None, title="Voor welke bijeenkomst?")  # noqa: N815 - as on the page

    @property
    def command(self) -> ProposeTopic:
        """As the handler takes it."""
        return ProposeTopic(self.title, self.speaker or "", self.wantedFor)


class PlanForm(BaseModel):
    """For which gathering."""

    model_config = ConfigDict(extra="forbid")

    gathering: UUID = Field(title="Op welke bijeenkomst?")


class DeclineForm(BaseModel):
    """Why not."""

    model_config = ConfigDict(extra="forbid")

    reason: OneLine = Field(title="Waarom niet?", examples=["Dit onderwerp was er in mei al."])


class SpeakerForm(BaseModel):
    """Whom to ask, and about what."""

    model_config = ConfigDict(extra="forbid")

    name: PersonName = Field(title="Naam", examples=["Noor Verzonnen"], repr=False)
    email: EmailAddress = Field(title="E-mailadres", examples=["noor@school.example"], repr=False)
    organisation: OneLine | None = Field(None, title="Van welke organisatie?", repr=False)
    topic: OneLine = Field(title="Waarover?", examples=["Hoe praat je over geldzorgen?"])

    @property
    def sign_up(self) -> SignUp:
        """As the domain knows it."""
        return SignUp(self.name, self.email, self.organisation or "", self.topic)


async def _read_topic(request: Request) -> Form[TopicForm]:
    return await read_form(request, TopicForm)


async def _read_plan(request: Request) -> Form[PlanForm]:
    return await read_form(request, PlanForm)


async def _read_decline(request: Request) -> Form[DeclineForm]:
    return await read_form(request, DeclineForm)


async def _read_speaker(request: Request) -> Form[SpeakerForm]:
    return await read_form(request, SpeakerForm)


PostedTopic = Annotated[Form[TopicForm], Depends(_read_topic)]
PostedPlan = Annotated[Form[PlanForm], Depends(_read_plan)]
PostedDecline = Annotated[Form[DeclineForm], Depends(_read_decline)]
PostedSpeaker = Annotated[Form[SpeakerForm], Depends(_read_speaker)]
