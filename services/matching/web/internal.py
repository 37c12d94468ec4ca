"""For the other services only: where a message goes, and who is who, asked at the moment that it is needed."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.matching.handlers.deliveries import prepare_deliveries
from services.matching.handlers.people_book import known_people
from services.matching.web.dependencies import TheDependencies, Unit
from shared.events.http import DELIVERIES, PEOPLE, DeliveryAnswers, DeliveryQuestions, PeopleAnswer, PeopleQuestion
from shared.web.internal import called_by

router = APIRouter()


@router.post(DELIVERIES, response_model_exclude_defaults=True)
async def deliveries(
    asked: DeliveryQuestions,
    dependencies: TheDependencies,
    _caller: Annotated[str, Depends(called_by("notify"))],
    unit: Unit,
) -> DeliveryAnswers:
    """The addresses, each with a fresh link or the code."""
    answers = await prepare_deliveries(
        asked.questions, unit, code_key=dependencies.code_key, public_url=dependencies.public_url
    )
    return DeliveryAnswers(answers=answers)


@router.post(PEOPLE, response_model_exclude_defaults=True)
async def people(
    asked: PeopleQuestion,
    _caller: Annotated[str, Depends(called_by("community", "intake", "monitoring", "notify"))],
    unit: Unit,
) -> PeopleAnswer:
    """Names and numbers of professionals."""
    return PeopleAnswer(people=await known_people(asked, unit))
