"""For notify only: the link of a follow-up, made at the moment of sending."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.monitoring.commands import MintFollowUpLink
from services.monitoring.handlers.follow_ups import mint_follow_up_link
from services.monitoring.web.dependencies import Unit
from shared.events.http import FOLLOW_UP_LINKS, FollowUpLinkAnswer, FollowUpLinkQuestion
from shared.web.dependencies import TheWeb
from shared.web.internal import called_by

router = APIRouter()


@router.post(FOLLOW_UP_LINKS)
async def follow_up_links(
    question: FollowUpLinkQuestion,
    web: TheWeb,
    _caller: Annotated[str, Depends(called_by("notify"))],
    unit: Unit,
) -> FollowUpLinkAnswer:
    """A fresh link. 404, 409 or 410: the question is not to be asked (any more)."""
    link = await mint_follow_up_link(MintFollowUpLink(question.follow_up_id, question.recipient_id), unit)
    return FollowUpLinkAnswer(link=f"{web.public_url}/vervolg/{link.token}", short_code=link.short_code)
