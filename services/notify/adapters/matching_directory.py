"""Matching's address book: asked at the moment of sending, with a service token, and kept nowhere."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.notify.domain.message import Message, Template
from services.notify.ports import AddressBookAway, Delivery, NoLongerNeeded
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.storage.group_commit import GroupCommit

ANSWER_WITHIN: Final = httpx.Timeout(3.0)
# What matching says when it stumbles over a question, rather than when it is away.
ONE_OF_THEM: Final = frozenset({400, 409, 422, 500})
Found = Delivery | NoLongerNeeded | None


class _AskedTogether(Exception):
    """One of several questions cannot be answered; each is asked again alone, so that it holds up no other."""


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")

    state: Literal["deliver", "nobody", "no-longer-needed"]
    address: str = ""
    name: str = ""
    link: str | None = None
    short_code: str | None = Field(None, alias="shortCode")
    code: str | None = None


class _Answers(BaseModel):
    model_config = ConfigDict(extra="ignore")

    answers: list[_Answer]


class MatchingAddresses:
    """`POST /internal/deliveries`; what is asked while an answer is awaited is asked together."""

    def __init__(self, http: httpx.AsyncClient, matching_url: str, tokens: ServiceTokens) -> None:
        self._http = http
        self._url = f"{matching_url}/internal/deliveries"
        self._auth = ServiceAuth(tokens, "matching")
        self._group: GroupCommit[Message, Found] = GroupCommit(self._ask)

    async def delivery(self, message: Message) -> Found:
        """Where it goes; None: nowhere. Raises AddressBookAway."""
        return await self._group.ask(message)

    async def _ask(self, messages: Sequence[Message]) -> Sequence[Found | Exception]:
        questions = {"questions": [_question(message) for message in messages]}
        try:
            reply = await self._http.post(self._url, json=questions, auth=self._auth, timeout=ANSWER_WITHIN)
        except httpx.HTTPError as error:
            return [AddressBookAway(type(error).__name__)] * len(messages)
        if reply.status_code in ONE_OF_THEM and len(messages) > 1:
            raise _AskedTogether(str(reply.status_code))
        if reply.status_code != httpx.codes.OK:
            return [AddressBookAway(str(reply.status_code))] * len(messages)
        try:
            answers = _Answers.model_validate_json(reply.content).answers
        except ValidationError:
            answers = []
        if len(answers) != len(messages):
            return [AddressBookAway("unreadable")] * len(messages)
        return [_found(answer) for answer in answers]


def _found(answer: _Answer) -> Found | Exception:
    match answer:
        case _Answer(state="nobody"):
            return None
        case _Answer(state="no-longer-needed"):
            return NoLongerNeeded()
        case _Answer(address="") | _Answer(name=""):
            return AddressBookAway("unreadable")
    return Delivery(**answer.model_dump(exclude={"state"}))


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
