"""Matching's address book: asked at the moment of sending, with a service token, and kept nowhere."""

from typing import Any, Final

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.notify.domain.message import Message, Template
from services.notify.ports import AddressBookAway, Delivery, NoLongerNeeded
from shared.access.service_tokens import ServiceAuth, ServiceTokens

ANSWER_WITHIN: Final = httpx.Timeout(3.0)
NO_LONGER: Final = frozenset({409, 410})


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")

    address: str
    name: str
    link: str | None = None
    short_code: str | None = Field(None, alias="shortCode")
    code: str | None = None


class MatchingAddresses:
    """`POST /internal/deliveries`."""

    def __init__(self, http: httpx.AsyncClient, matching_url: str, tokens: ServiceTokens) -> None:
        self._http = http
        self._url = f"{matching_url}/internal/deliveries"
        self._auth = ServiceAuth(tokens, "matching")

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded | None:
        """Where it goes; None: nowhere. Raises AddressBookAway."""
        try:
            reply = await self._http.post(self._url, json=_question(message), auth=self._auth, timeout=ANSWER_WITHIN)
        except httpx.HTTPError as error:
            raise AddressBookAway(type(error).__name__) from error
        if reply.status_code == httpx.codes.NOT_FOUND:
            return None
        if reply.status_code in NO_LONGER:
            return NoLongerNeeded()
        if reply.status_code != httpx.codes.OK:
            raise AddressBookAway(str(reply.status_code))
        try:
            answer = _Answer.model_validate_json(reply.content)
        except ValidationError:
            raise AddressBookAway("unreadable") from None
        return Delivery(**answer.model_dump())


def _question(message: Message) -> dict[str, Any]:
    draft = message.draft
    question = {
        "messageId": str(message.id),
        "template": draft.template.value,
        "recipientId": str(draft.recipient_id),
    }
    if draft.template is Template.PARTNER_ACTIVATED:
        question["referralId"] = str(draft.about_id)
    if draft.template is Template.SIGN_IN_CODE:
        question["signInId"] = str(draft.about_id)
    return question
