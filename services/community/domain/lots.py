"""Chance that can be told again: between people whose turn it is as much, nobody chooses."""

import hashlib
from typing import Final
from uuid import UUID

# As many as a float holds exactly.
_BYTES: Final = 6


def lot_of(gathering_id: UUID, person_id: UUID) -> float:
    """Another order of people for each gathering."""
    drawn = hashlib.sha256(gathering_id.bytes + person_id.bytes).digest()
    return float(int.from_bytes(drawn[:_BYTES], "big"))
