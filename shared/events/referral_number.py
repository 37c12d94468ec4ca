"""The number by which a partner knows one referral: it says nothing of the case, so that answers cannot be joined.

It follows from the referral's id, so every service knows it, and none has to be told. A partner reads this number and
never the case's; the desk and the ambassador find the case by either. Three times three signs, which cannot be taken
for a case code (four and four).
"""

import hashlib
import re
from typing import Final
from uuid import UUID

from shared.events.base import CODE_LETTERS

_GROUP, _GROUPS = 3, 3
_NUMBER: Final = re.compile(rf"[{CODE_LETTERS}]{{{_GROUP * _GROUPS}}}")


def referral_number(referral_id: UUID) -> str:
    """Its number, to be read aloud: K7Q-F3X-HA4."""
    rest, letters = int.from_bytes(hashlib.sha256(b"referral-number:" + referral_id.bytes).digest()), ""
    for _ in range(_GROUP * _GROUPS):
        rest, place = divmod(rest, len(CODE_LETTERS))
        letters += CODE_LETTERS[place]
    return _grouped(letters)


def as_referral_number(typed: str) -> str | None:
    """What somebody typed, as a number is written; None when it is none."""
    letters = re.sub(r"[\s-]", "", typed.upper())
    return _grouped(letters) if _NUMBER.fullmatch(letters) else None


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
