"""For notify only: what a mail about a card tells, made at the moment of sending."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.community.handlers.card_mails import read_card_mail, read_card_to_check
from services.community.web.card_views import LABELS, VIEWERS, lines_of
from services.community.web.dependencies import Unit
from shared.events.card_letters import CARD_LETTERS, CardColumn, CardLetterAnswer, CardLetterQuestion, CardOccasion
from shared.web.internal import called_by

router = APIRouter()


@router.post(CARD_LETTERS)
async def card_letters(
    question: CardLetterQuestion, _caller: Annotated[str, Depends(called_by("notify"))], unit: Unit
) -> CardLetterAnswer:
    """What was written, or what each reads of the card; or that it is no longer needed."""
    if question.occasion is CardOccasion.MAIL:
        mail = await read_card_mail(question.about_id, unit)
        if mail is None:
            return CardLetterAnswer(state="no-longer-needed")
        return CardLetterAnswer(state="deliver", words=mail.words)
    shown = await read_card_to_check(question.about_id, unit)
    if shown is None:
        return CardLetterAnswer(state="no-longer-needed")
    columns = [
        CardColumn(title=words, lines=tuple(f"{LABELS[of]}: {told}" for of, told in lines_of(shown[one], unit.city)))
        for one, words in VIEWERS.items()
    ]
    return CardLetterAnswer(state="deliver", columns=tuple(columns))
