"""The twin of chance in identities."""

from random import Random
from uuid import UUID


class SeededIds:
    """The same seed gives the same identities, always increasing."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0

    def new(self) -> UUID:
        """The next identity: a counter where UUIDv7 has its time, chance in the rest."""
        self._count += 1
        return UUID(int=self._count << 80 | 0x7 << 76 | 0b10 << 62 | self._random.getrandbits(62))
