"""What somebody answered by mail, asked of notify at the moment that its writer looks at it."""

from http import HTTPStatus
from typing import ClassVar, Final

import httpx
import structlog
from pydantic import ValidationError

from services.community.ports.replies import ReplyDraft
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.reply_drafts import REPLY_DRAFTS, SETTLED_REPLY_DRAFTS, ReplyDraftAnswer, ReplyDraftQuestion
from shared.kernel.errors import Refusal

ANSWER_WITHIN: Final = httpx.Timeout(3.0)
JSON: Final = {"Content-Type": "application/json"}
log = structlog.get_logger(__name__)


class RepliesAway(Refusal):
    """What was answered by mail cannot be asked now."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Even geduld"

    def __init__(self) -> None:
        super().__init__("replies-away", "We kunnen je antwoord nu niet ophalen. Probeer het over een minuut weer.")


class NotifyReplies:
    """`POST /internal/reply-drafts` and `POST /internal/settled-reply-drafts`."""

    def __init__(self, http: httpx.AsyncClient, notify_url: str, tokens: ServiceTokens) -> None:
        self._http, self._url = http, notify_url
        self._auth = ServiceAuth(tokens, "notify")

    async def find(self, token: str) -> ReplyDraft | None:
        """Raises RepliesAway."""
        reply = await self._ask(REPLY_DRAFTS, token)
        try:
            answer = ReplyDraftAnswer.model_validate_json(reply.content)
        except ValidationError:
            log.warning("replies_not_asked", error="unreadable")
            raise RepliesAway from None
        if answer.about_id is None or answer.person_id is None or answer.text is None:
            return None
        return ReplyDraft(answer.about_id, answer.person_id, answer.text)

    async def settle(self, token: str) -> None:
        """Raises RepliesAway; what is not settled goes by itself within a week."""
        await self._ask(SETTLED_REPLY_DRAFTS, token)

    async def _ask(self, path: str, token: str) -> httpx.Response:
        try:
            content = ReplyDraftQuestion(token=token).model_dump_json(by_alias=True)
        except ValidationError:
            # What is no token opens nothing.
            return httpx.Response(HTTPStatus.OK, json={})
        try:
            reply = await self._http.post(
                f"{self._url}{path}", content=content, headers=JSON, auth=self._auth, timeout=ANSWER_WITHIN
            )
        except httpx.HTTPError as error:
            log.warning("replies_not_asked", error=type(error).__name__)
            raise RepliesAway from None
        if reply.status_code not in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}:
            log.warning("replies_not_asked", status=reply.status_code)
            raise RepliesAway
        return reply
