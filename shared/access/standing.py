"""Whether what somebody proved before still holds: asked at every request of this service's own list of people."""

from typing import ClassVar, Final, Protocol
from uuid import UUID

from shared.access.members import HasMembers, Member
from shared.access.system_tokens import CallingSystem
from shared.events.base import Role
from shared.kernel.clock import Clock
from shared.kernel.errors import Refusal
from shared.unit_of_work import UnitOfWork, Units

# Whoever left opens nothing after this many seconds more, for a school's system; a person at once.
REMEMBERED_SECONDS: Final = 2.0
MOST_REMEMBERED: Final = 10_000


class NotKnownHere(Refusal):
    """Matching knows this person, this service never heard of them: refused, whoever it is."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Even geduld"

    def __init__(self) -> None:
        super().__init__("person-not-known-yet", "Deze pagina kent jou nog niet. Probeer het over een minuut nog eens.")


class UnitWithMembers(UnitOfWork, HasMembers, Protocol):
    """Any service's unit of work."""


class Standing:
    """Looks people up in a short unit of work of its own.

    Whoever this service never heard of is refused, whatever matching signed (`NotKnownHere`, and try again: the news
    may be on its way).
    """

    def __init__(self, units: Units[UnitWithMembers], clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._systems: dict[CallingSystem, float] = {}

    async def holds(self, person_id: UUID, role: Role, organisation_id: UUID, epoch: int) -> bool:
        """Whether this person may still do this, and did not end their sessions. Raises NotKnownHere."""
        member = await self._member(person_id)
        if member is None:
            raise NotKnownHere
        if member.may(role, organisation_id) and epoch >= member.epoch:
            return True
        if member.active and epoch > member.epoch:
            # What they chose came after what is known here.
            raise NotKnownHere
        return False

    async def speaks_for_ambassador(self, system: CallingSystem) -> bool:
        """Whether this school's system speaks for somebody who is still its ambassador."""
        now = self._clock.now().timestamp()
        if 0 <= now - self._systems.get(system, float("-inf")) < REMEMBERED_SECONDS:
            return True
        member = await self._member(system.person_id)
        if member is None or not member.may(Role.AMBASSADOR, system.organisation_id):
            self._systems.pop(system, None)
            return False
        if len(self._systems) >= MOST_REMEMBERED:
            self._systems.clear()
        self._systems[system] = now
        return True

    async def _member(self, person_id: UUID) -> Member | None:
        async with self._units.begin() as unit:
            return await unit.members.read(person_id)
