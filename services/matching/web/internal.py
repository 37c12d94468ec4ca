"""For notify only: where a message goes, asked at the moment of sending."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from services.matching.handlers.deliveries import Delivery, NoLongerNeeded, PrepareDelivery, prepare_deliveries
from services.matching.web.dependencies import TheDoors
from shared.web.internal import called_by

router = APIRouter(prefix="/internal", include_in_schema=False)


class _Json(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class DeliveryQuestion(_Json):
    """Which message, to whom, and what it is about."""

    message_id: UUID
    template: str
    recipient_id: UUID
    referral_id: UUID | None = None
    sign_in_id: UUID | None = None


class DeliveryQuestions(_Json):
    """Several at once: mails leave in bunches."""

    questions: list[DeliveryQuestion] = Field(min_length=1, max_length=100)


class DeliveryAnswer(_Json):
    """What goes into this one mail, and is kept nowhere. Without an address nothing may be sent; `state` says why."""

    state: Literal["deliver", "nobody", "no-longer-needed"]
    address: str | None = None
    name: str | None = None
    link: str | None = None
    short_code: str | None = None
    code: str | None = None


class DeliveryAnswers(_Json):
    """One for each question, in their order."""

    answers: list[DeliveryAnswer]


@router.post("/deliveries", response_model_exclude_none=True)
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
