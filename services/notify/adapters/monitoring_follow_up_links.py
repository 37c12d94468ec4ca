"""Monitoring's links to answer a follow-up: asked at the moment of sending, with a service token, and kept nowhere."""

from http import HTTPStatus
from typing import Final

import httpx
from pydantic import ValidationError

from services.notify.domain.letter import FollowUpLink, NoLongerNeeded
from services.notify.domain.message import Message
from services.notify.ports.sending import FollowUpLinksAway
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.http import FOLLOW_UP_LINKS, FollowUpLinkAnswer, FollowUpLinkQuestion

ANSWER_WITHIN: Final = httpx.Timeout(3.0)
JSON: Final = {"Content-Type": "application/json"}
OVER: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE})


class MonitoringFollowUpLinks:
    """`POST /internal/follow-up-links`."""

    def __init__(self, http: httpx.AsyncClient, monitoring_url: str, tokens: ServiceTokens) -> None:
        self._http = http
        self._url = f"{monitoring_url}{FOLLOW_UP_LINKS}"
        self._auth = ServiceAuth(tokens, "monitoring")

    async def link(self, message: Message) -> FollowUpLink | NoLongerNeeded:
        draft = message.draft
        asked = FollowUpLinkQuestion(follow_up_id=draft.about_id, recipient_id=draft.recipient_id)
        question = asked.model_dump_json(by_alias=True)
        try:
            reply = await self._http.post(
                self._url, content=question, headers=JSON, auth=self._auth, timeout=ANSWER_WITHIN
            )
        except httpx.HTTPError as error:
            raise FollowUpLinksAway(type(error).__name__) from error
        if reply.status_code in OVER:
            return NoLongerNeeded()
        if reply.status_code != HTTPStatus.OK:
            raise FollowUpLinksAway(str(reply.status_code))
        try:
            answer = FollowUpLinkAnswer.model_validate_json(reply.content)
        except ValidationError:
            raise FollowUpLinksAway("unreadable") from None
        return FollowUpLink(answer.link, answer.short_code)
