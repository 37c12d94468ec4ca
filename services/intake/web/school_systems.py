"""Which school's system is asking: `Authorization: Bearer sk_…`, or a token for which it gave that key before."""

import asyncio
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from fastapi import Request

from services.intake.domain.rules import Viewer
from services.intake.handlers.keys import hash_of, opening_key
from services.intake.ports import IntakeUnit
from shared.access.system_tokens import CallingSystem
from shared.events.base import Role
from shared.kernel.clock import Clock
from shared.unit_of_work import Units
from shared.web.api_limit import ApiLimit
from shared.web.dependencies import client_address
from shared.web.systems import WRONG_TOKENS, bearer_of, system_by_token, unknown_system

# A key that was taken back, or whose ambassador left, opens nothing after this many seconds.
REMEMBERED_SECONDS: Final = 5.0
MOST_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True)
class SchoolSystem:
    """It speaks for one ambassador, and its key's id marks what it asked before."""

    key_id: UUID
    viewer: Viewer

    @classmethod
    def calling(cls, system: CallingSystem) -> "SchoolSystem":
        """The one that a token names."""
        viewer = Viewer(system.person_id, Role.AMBASSADOR, system.organisation_id, is_system=True)
        return cls(system.key_id, viewer)

    @property
    def calling_system(self) -> CallingSystem:
        """As other services know it."""
        return CallingSystem(self.key_id, self.viewer.person_id, self.viewer.organisation_id)


class SchoolSystems:
    """Knows schools' systems by their key; a key that was right is not looked up again for a few seconds."""

    def __init__(self, units: Units[IntakeUnit], clock: Clock, limit: ApiLimit) -> None:
        self._units = units
        self._clock = clock
        self._limit = limit
        self._known: dict[bytes, tuple[float, SchoolSystem]] = {}
        self._looking: dict[bytes, asyncio.Task[SchoolSystem | None]] = {}

    async def find(self, request: Request) -> SchoolSystem:
        """Whoever sent this request. Raises a 401 Problem when there is no good key and no good token, or a 429."""
        secret = bearer_of(request)
        # Only a token has points in it.
        if "." in secret:
            return SchoolSystem.calling(await system_by_token(request, secret))
        return await self.find_by_key(request)

    async def find_by_key(self, request: Request) -> SchoolSystem:
        """The same by its key alone: a token gets no other token, so that a key that was taken back ends."""
        secret = bearer_of(request)
        if not secret:
            raise unknown_system("De API-sleutel ontbreekt. Stuur hem mee als: Authorization: Bearer sk_…")
        key_hash = hash_of(secret)
        system = await self._opened_by(request, key_hash)
        await self._limit.count(system.calling_system)
        return system

    async def _opened_by(self, request: Request, key_hash: bytes) -> SchoolSystem:
        now = self._clock.now().timestamp()
        known = self._known.get(key_hash)
        if known is not None and 0 <= now - known[0] < REMEMBERED_SECONDS:
            return _let_in(request, known[1])
        system = await self._looked_up(key_hash)
        if system is None:
            self._known.pop(key_hash, None)
            await self._limit.limiter.hit("api-key", client_address(request), WRONG_TOKENS)
            raise unknown_system("Deze API-sleutel kennen wij niet, of hij geldt niet meer.")
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[key_hash] = (now, system)
        return _let_in(request, system)

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
        return SchoolSystem.calling(CallingSystem(key.id, key.ambassador_id, key.organisation_id))


def _let_in(request: Request, system: SchoolSystem) -> SchoolSystem:
    """What the audit log says of whoever asks."""
    viewer = system.viewer
    request.state.system = CallingSystem(system.key_id, viewer.person_id, viewer.organisation_id)
    return system
