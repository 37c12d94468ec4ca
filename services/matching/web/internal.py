"""For notify only: where a message goes, asked at the moment of sending."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.matching.handlers.deliveries import Delivery, NoLongerNeeded, PrepareDelivery, prepare_deliveries
from services.matching.web.dependencies import TheDoors
from shared.events.http import DELIVERIES, DeliveryAnswer, DeliveryAnswers, DeliveryQuestions
from shared.web.internal import called_by

router = APIRouter(include_in_schema=False)


@router.post(DELIVERIES, response_model_exclude_none=True)
async def deliveries(
    asked: DeliveryQuestions, doors: TheDoors, _caller: Annotated[str, Depends(called_by("notify"))]
) -> DeliveryAnswers:
    """The addresses, each with a fresh link or the code."""
    commands = [PrepareDelivery(one.recipient_id, one.referral_id, one.sign_in_id) for one in asked.questions]
    async with doors.units.begin() as unit:
        found = await prepare_deliveries(commands, unit, key=doors.code_key)
    return DeliveryAnswers(answers=[_answer(each, doors.public_url) for each in found])


def _answer(delivery: Delivery | NoLongerNeeded | None, public_url: str) -> DeliveryAnswer:
    if delivery is None:
        return DeliveryAnswer(state="nobody")
    if isinstance(delivery, NoLongerNeeded):
        return DeliveryAnswer(state="no-longer-needed")
    link = delivery.link
    return DeliveryAnswer(
        state="deliver",
        address=delivery.address,
        name=delivery.name,
        link=f"{public_url}/antwoord/{link.token}" if link else None,
        short_code=link.short_code if link else None,
        code=delivery.code,
    )
