"""Where identities come from: a port, so that a simulation can replay them."""

from random import Random
from typing import Protocol
from uuid import UUID

import uuid_utils.compat


class Ids(Protocol):
    """Gives new identities."""

    def new(self) -> UUID:
        """A new UUIDv7: unique, and roughly in the order of time."""


class RandomIds:
    """UUIDv7 of this machine."""

    def new(self) -> UUID:
        """A new UUIDv7 from the host's clock and its random source."""
        return uuid_utils.compat.uuid7()


class SeededIds:
    """The twin: the same seed gives the same identities, always increasing."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0

    def new(self) -> UUID:
        """The next identity: a counter where UUIDv7 has its time, chance in the rest."""
        self._count += 1
        return UUID(int=self._count << 80 | 0x7 << 76 | 0b10 << 62 | self._random.getrandbits(62))
