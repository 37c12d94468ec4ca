"""For notify only: the link of a follow-up, made at the moment of sending."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.monitoring.commands import MintFollowUpLink
from services.monitoring.handlers import mint_follow_up_link
from services.monitoring.web.dependencies import TheDoors
from shared.web.internal import called_by

router = APIRouter(prefix="/internal", include_in_schema=False)


class _Json(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class FollowUpLinkQuestion(_Json):
    """Which message, about which follow-up, to whom."""

    message_id: UUID
    follow_up_id: UUID
    recipient_id: UUID


class FollowUpLinkAnswer(_Json):
    """What goes into this one mail, and is kept nowhere."""

    link: str
    short_code: str


@router.post("/follow-up-links")
async def follow_up_links(
    question: FollowUpLinkQuestion, doors: TheDoors, _caller: Annotated[str, Depends(called_by("notify"))]
) -> FollowUpLinkAnswer:
    """A fresh link. 404, 409 or 410: the question is not to be asked (any more)."""
    async with doors.units.begin() as unit:
        link = await mint_follow_up_link(MintFollowUpLink(question.follow_up_id, question.recipient_id), unit)
    return FollowUpLinkAnswer(link=f"{doors.public_url}/vervolg/{link.token}", short_code=link.short_code)
