"""For notify only: where a message goes, asked at the moment of sending."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.matching.handlers.deliveries import PrepareDelivery, prepare_delivery
from services.matching.web.doors import TheDoors
from shared.access.service_tokens import called_by
from shared.errors import Missing

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


class DeliveryAnswer(_Json):
    """What goes into this one mail, and is kept nowhere."""

    address: str
    name: str
    link: str | None = None
    short_code: str | None = None
    code: str | None = None


class NotWritable(Missing):
    """This person has no address, or left."""

    def __init__(self) -> None:
        super().__init__("not-writable", "Deze persoon kan geen bericht krijgen.")


@router.post("/deliveries", response_model_exclude_none=True)
async def deliveries(
    question: DeliveryQuestion, doors: TheDoors, _caller: Annotated[str, Depends(called_by("notify"))]
) -> DeliveryAnswer:
    """The address, with a fresh link or the code. 404: nobody to write to; 410: no longer needed."""
    command = PrepareDelivery(question.recipient_id, question.referral_id, question.sign_in_id)
    async with doors.units.begin() as unit:
        delivery = await prepare_delivery(command, unit, key=doors.code_key)
    if delivery is None:
        raise NotWritable
    link = delivery.link
    return DeliveryAnswer(
        address=delivery.address,
        name=delivery.name,
        link=f"{doors.public_url}/antwoord/{link.token}" if link else None,
        short_code=link.short_code if link else None,
        code=delivery.code,
    )
