"""The second factor: an app on somebody's telephone that shows six digits, new ones each half minute."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final, Protocol
from uuid import UUID

MOST_TRIES_A_DAY: Final = 30
"""However often somebody begins anew: six digits must not be found by trying, by who reads their mail."""


def hash_of_recovery(code: str) -> str:
    """What is kept of a recovery code, however it was typed. It is chance of 56 bits: nobody finds it back."""
    plain = "".join(each for each in code.upper() if each.isalnum())
    return hashlib.sha256(f"recovery|{plain}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """That of one person. Its seed is sealed; whoever reads the table can make no digits with it."""

    person_id: UUID
    wrapped_key: bytes
    sealed_seed: bytes
    confirmed: bool = False
    """Whether the person showed once that their app has it."""
    last_step: int = 0
    """The half minute of which digits were taken last; those of it and of before are not taken again."""
    recovery_hashes: tuple[str, ...] = ()

    def after_step(self, step: int) -> "SecondFactor | None":
        """With the digits of this half minute used; None when they, or later ones, were used already."""
        return replace(self, last_step=step, confirmed=True) if step > self.last_step else None

    def after_recovery(self, code: str) -> "SecondFactor | None":
        """With this recovery code used up; None when it is none of them."""
        used = hash_of_recovery(code)
        if not self.confirmed or used not in self.recovery_hashes:
            return None
        return replace(self, recovery_hashes=tuple(one for one in self.recovery_hashes if one != used))

    def with_recovery(self, codes: Collection[str]) -> "SecondFactor":
        """With new recovery codes; those of before open nothing."""
        return replace(self, recovery_hashes=tuple(hash_of_recovery(code) for code in codes))


class SecondFactors(Protocol):
    """The second factors of people."""

    async def get(self, person_id: UUID) -> SecondFactor | None:
        """Locked, so that digits cannot be used twice side by side."""

    async def read(self, person_id: UUID) -> SecondFactor | None:
        """As it is now."""

    async def save(self, factor: SecondFactor) -> None:
        """Insert it, or take over every field."""

    async def remove(self, person_id: UUID) -> None:
        """It is not there any more, if it was."""
