"""For monitoring: what somebody added in words to the answer to a follow-up goes into the vault. For community: whether
many families look like an example.
"""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends

from services.intake.commands import KeepFollowUpWords
from services.intake.handlers.alike import look_for_alike
from services.intake.handlers.follow_ups import keep_words
from services.intake.web.dependencies import Unit
from shared.events.alike_families import ALIKE_FAMILIES, AlikeFamiliesAnswer, FamilyShape
from shared.events.http import FOLLOW_UP_WORDS, FollowUpWords
from shared.web.internal import called_by

router = APIRouter()


@router.post(FOLLOW_UP_WORDS, status_code=HTTPStatus.NO_CONTENT)
async def follow_up_words(
    told: FollowUpWords, _caller: Annotated[str, Depends(called_by("monitoring"))], unit: Unit
) -> None:
    """They are kept; sent again they replace the earlier ones. 404: the case is not there (any more)."""
    await keep_words(KeepFollowUpWords(told.case_id, told.follow_up_id, told.written_by, told.words), unit)


@router.post(ALIKE_FAMILIES)
async def alike_families(
    shape: FamilyShape, _caller: Annotated[str, Depends(called_by("community"))], unit: Unit
) -> AlikeFamiliesAnswer:
    """Whether at least so many have this shape, never how many."""
    return await look_for_alike(shape, unit)
