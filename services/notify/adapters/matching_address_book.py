"""Matching's address book: asked at the moment of sending, with a service token, and kept nowhere."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

import httpx
from pydantic import ValidationError

from services.notify.domain.letter import Delivery, NoLongerNeeded
from services.notify.domain.mail import Link
from services.notify.domain.message import Message
from services.notify.ports.sending import AddressBookAway
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.http import (
    DELIVERIES,
    MOST_QUESTIONS,
    DeliveryAnswer,
    DeliveryAnswers,
    DeliveryQuestion,
    DeliveryQuestions,
    DirectoryLink,
    ReferralLink,
)
from shared.kernel.trace import current_traceparent
from shared.storage.group_commit import GroupCommit

ANSWER_WITHIN: Final = httpx.Timeout(3.0)
JSON: Final = {"Content-Type": "application/json"}
# What matching says when it stumbles over a question, rather than when it is away.
ONE_OF_THEM: Final = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.INTERNAL_SERVER_ERROR}
)
Whereto = Delivery | NoLongerNeeded | None
# A message, and the trace that asks.
_Asked = tuple[Message, str | None]


class _AskedTogether(Exception):
    """One of several questions cannot be answered; each is asked again alone, so that it holds up no other."""


class MatchingAddressBook:
    """`POST /internal/deliveries`; what is asked while an answer is awaited is asked together."""

    def __init__(self, http: httpx.AsyncClient, matching_url: str, tokens: ServiceTokens) -> None:
        self._http = http
        self._url = f"{matching_url}{DELIVERIES}"
        self._auth = ServiceAuth(tokens, "matching")
        self._group: GroupCommit[_Asked, Whereto] = GroupCommit(self._ask, most=MOST_QUESTIONS)

    async def delivery(self, message: Message) -> Whereto:
        return await self._group.ask((message, current_traceparent()))

    async def _ask(self, together: Sequence[_Asked]) -> Sequence[Whereto | Exception]:
        messages = [message for message, _ in together]
        # A question for several belongs to the trace of none of them.
        traceparent = together[0][1] if len(together) == 1 else None
        headers = {**JSON, "traceparent": traceparent} if traceparent else JSON
        asked = DeliveryQuestions(questions=[_question(message) for message in messages])
        question = asked.model_dump_json(by_alias=True, exclude_defaults=True)
        try:
            reply = await self._http.post(
                self._url, content=question, headers=headers, auth=self._auth, timeout=ANSWER_WITHIN
            )
        except httpx.HTTPError as error:
            return [AddressBookAway(type(error).__name__)] * len(messages)
        if reply.status_code in ONE_OF_THEM and len(messages) > 1:
            raise _AskedTogether(str(reply.status_code))
        if reply.status_code != HTTPStatus.OK:
            return [AddressBookAway(str(reply.status_code))] * len(messages)
        try:
            answers = DeliveryAnswers.model_validate_json(reply.content).answers
        except ValidationError:
            answers = []
        if len(answers) != len(messages):
            return [AddressBookAway("unreadable")] * len(messages)
        return [_whereto(answer) for answer in answers]


def _whereto(answer: DeliveryAnswer) -> Whereto | Exception:
    if answer.state == "nobody":
        return None
    if answer.state == "no-longer-needed":
        return NoLongerNeeded()
    if not (answer.address and answer.name):
        return AddressBookAway("unreadable")
    return Delivery(
        answer.address,
        answer.name,
        answer.link,
        answer.short_code,
        answer.code,
        answer.mentioned,
        answer.stands_in_for,
        answer.stands_in_until,
    )


def _question(message: Message) -> DeliveryQuestion:
    draft = message.draft
    link, directory_link = draft.mail.link.of_referral, draft.mail.link.of_directory
    return DeliveryQuestion(
        recipient_id=draft.recipient_id,
        referral_id=draft.about_id if link else None,
        link=link or ReferralLink.ANSWER,
        directory_id=draft.about_id if directory_link else None,
        directory_link=directory_link or DirectoryLink.ENTRY,
        sign_in_id=draft.about_id if draft.mail.link is Link.SIGN_IN_CODE else None,
        only_for_reader=draft.mail.only_for_reader,
        mentions=tuple(draft.people),
    )
