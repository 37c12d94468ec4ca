"""Which school's system is asking: `Authorization: Bearer sk_…`."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import Request

from services.intake.domain.rules import Viewer
from services.intake.handlers.keys import hash_of, opening_key
from services.intake.ports import IntakeUnit
from shared.events.base import Role
from shared.kernel.clock import Clock
from shared.unit_of_work import Units
from shared.web.dependencies import client_address
from shared.web.problem import Problem
from shared.web.rate_limit import RateLimiter

# A key that was taken back, or whose ambassador left, opens nothing after this many seconds.
REMEMBERED_SECONDS: Final = 5.0
MOST_REMEMBERED: Final = 10_000
WRONG_KEYS: Final = "60/minute"


@dataclass(frozen=True, slots=True)
class SchoolSystem:
    """It speaks for one ambassador, and its key's id marks what it asked before."""

    key_id: UUID
    viewer: Viewer


class SchoolSystems:
    """Knows schools' systems by their key; a key that was right is not looked up again for a few seconds."""

    def __init__(self, units: Units[IntakeUnit], clock: Clock, limiter: RateLimiter) -> None:
        self._units = units
        self._clock = clock
        self._limiter = limiter
        self._known: dict[bytes, tuple[float, SchoolSystem]] = {}
        self._looking: dict[bytes, asyncio.Task[SchoolSystem | None]] = {}

    async def find(self, request: Request) -> SchoolSystem:
        """Whoever sent this request. Raises a 401 Problem when there is no good key."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            raise _unknown("De API-sleutel ontbreekt. Stuur hem mee als: Authorization: Bearer sk_…")
        key_hash = hash_of(secret.strip())
        now = self._clock.now().timestamp()
        known = self._known.get(key_hash)
        if known is not None and 0 <= now - known[0] < REMEMBERED_SECONDS:
            return known[1]
        system = await self._looked_up(key_hash)
        if system is None:
            self._known.pop(key_hash, None)
            await self._limiter.hit("api-key", client_address(request), WRONG_KEYS)
            raise _unknown("Deze API-sleutel kennen wij niet, of hij geldt niet meer.")
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[key_hash] = (now, system)
        return system

    async def _looked_up(self, key_hash: bytes) -> SchoolSystem | None:
        """One look for all who ask at the same moment: else a busy school takes every connection to the database."""
        looking = self._looking.get(key_hash)
        if looking is None:
            looking = self._looking[key_hash] = asyncio.create_task(self._look_up(key_hash))
            looking.add_done_callback(lambda _: self._looking.pop(key_hash, None))
        return await asyncio.shield(looking)

    async def _look_up(self, key_hash: bytes) -> SchoolSystem | None:
        async with self._units.begin() as unit:
            key = await opening_key(key_hash, unit)
        if key is None:
            return None
        return SchoolSystem(key.id, Viewer(key.ambassador_id, Role.AMBASSADOR, key.organisation_id, is_system=True))


def _unknown(detail: str) -> Problem:
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        "Onbekende afzender",
        detail,
        code="api-key-needed",
        headers={"WWW-Authenticate": "Bearer"},
    )
