"""Intake's vault, for what an ambassador adds in words to a follow-up: handed over once, and kept nowhere here."""

from http import HTTPStatus
from typing import Final

import httpx
import structlog

from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.http import FOLLOW_UP_WORDS, FollowUpWords

TAKEN_WITHIN: Final = httpx.Timeout(3.0)
JSON: Final = {"Content-Type": "application/json"}
log = structlog.get_logger(__name__)


class IntakeFollowUpWords:
    """`POST /internal/follow-up-words`."""

    def __init__(self, http: httpx.AsyncClient, intake_url: str, tokens: ServiceTokens) -> None:
        self._http = http
        self._url = f"{intake_url}{FOLLOW_UP_WORDS}"
        self._auth = ServiceAuth(tokens, "intake")

    async def keep(self, words: FollowUpWords) -> bool:
        content = words.model_dump_json(by_alias=True)
        try:
            reply = await self._http.post(
                self._url, content=content, headers=JSON, auth=self._auth, timeout=TAKEN_WITHIN
            )
        except httpx.HTTPError as error:
            log.warning("follow_up_words_not_kept", error=type(error).__name__)
            return False
        if reply.status_code != HTTPStatus.NO_CONTENT:
            log.warning("follow_up_words_not_kept", status=reply.status_code)
        return reply.status_code == HTTPStatus.NO_CONTENT


class NoVault:
    """For the command line, where nobody types words about a family."""

    async def keep(self, words: FollowUpWords) -> bool:  # noqa: ARG002 - the port's signature
        return False
