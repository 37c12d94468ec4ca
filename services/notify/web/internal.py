"""For community: what somebody answered by mail, until that person places it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends

from services.notify.handlers.receiving import find_draft
from services.notify.web.dependencies import TheDependencies, Unit
from shared.events.reply_drafts import REPLY_DRAFTS, SETTLED_REPLY_DRAFTS, ReplyDraftAnswer, ReplyDraftQuestion
from shared.web.internal import called_by

router = APIRouter()


@router.post(REPLY_DRAFTS)
async def reply_drafts(
    question: ReplyDraftQuestion,
    dependencies: TheDependencies,
    _caller: Annotated[str, Depends(called_by("community"))],
    unit: Unit,
) -> ReplyDraftAnswer:
    """What this link opens; nothing when it is of no draft that waits."""
    draft_id = dependencies.replies.draft_of(question.token)
    draft = await find_draft(draft_id, unit) if draft_id else None
    if draft is None:
        return ReplyDraftAnswer()
    return ReplyDraftAnswer(about_id=draft.about_id, person_id=draft.person_id, text=draft.text)


@router.post(SETTLED_REPLY_DRAFTS, status_code=HTTPStatus.NO_CONTENT)
async def settled_reply_drafts(
    question: ReplyDraftQuestion,
    dependencies: TheDependencies,
    _caller: Annotated[str, Depends(called_by("community"))],
    unit: Unit,
) -> None:
    """It is placed, or thrown away: it goes. Asked again, nothing happens."""
    if draft_id := dependencies.replies.draft_of(question.token):
        await unit.reply_drafts.remove(draft_id)
