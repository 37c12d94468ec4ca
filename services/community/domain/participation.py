"""How many of who came know it from their own life: as a share that tells of nobody in particular."""

from dataclasses import dataclass
from typing import Final

from services.community.domain.sign_up import COUNTED_FROM

TENTHS: Final = 10


@dataclass(frozen=True, slots=True)
class Share:
    """Of who came and told as what: parents and experts by experience beside all."""

    of_experience: int
    told: int

    @property
    def tenths(self) -> int | None:
        """So many of ten, rounded. None: of so few people on one side it would tell who they are."""
        if min(self.of_experience, self.told - self.of_experience) < COUNTED_FROM:
            return None
        return (2 * TENTHS * self.of_experience + self.told) // (2 * self.told)
