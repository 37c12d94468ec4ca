"""The open list of the knowledge base, read as any site may read it, and held for a while."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

import httpx
import structlog
from pydantic import ValidationError

from shared.events.shelf import SHELF, Shelf
from shared.kernel.clock import Clock

ANSWER_WITHIN: Final = httpx.Timeout(1.0)
HELD_FOR: Final = timedelta(minutes=10)
# Whoever does not answer is not asked again for a moment: a page waits for it once.
RESTS_FOR: Final = timedelta(minutes=1)
log = structlog.get_logger(__name__)


class CommunityShelf:
    """`GET /kennisbank/artikelen.json`."""

    def __init__(self, http: httpx.AsyncClient, community_url: str, clock: Clock) -> None:
        self._http, self._url, self._clock = http, f"{community_url}{SHELF}", clock
        self._held = Shelf()
        self._good_until: datetime | None = None

    async def read(self) -> Shelf:
        now = self._clock.now()
        if self._good_until is None or now >= self._good_until:
            # Said before it is asked: whoever comes meanwhile takes what is held.
            self._good_until = now + RESTS_FOR
            if (read := await self._ask()) is not None:
                self._held, self._good_until = read, now + HELD_FOR
        return self._held

    async def _ask(self) -> Shelf | None:
        try:
            reply = await self._http.get(self._url, timeout=ANSWER_WITHIN)
        except httpx.HTTPError as error:
            log.warning("shelf_not_read", error=type(error).__name__)
            return None
        if reply.status_code != HTTPStatus.OK:
            log.warning("shelf_not_read", status=reply.status_code)
            return None
        try:
            return Shelf.model_validate_json(reply.content)
        except ValidationError:
            log.warning("shelf_not_read", error="unreadable")
            return None
