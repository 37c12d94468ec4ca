"""How facts name an organisation that a family would rather not have: by a keyed hash, another one for each case.

Facts are kept for months and read by many. Who holds the key can tell of an organisation that it knows whether it is
meant; nobody can tell from two cases that the same one is. The key is in the rings of `SHARED_BY` only, and is not
rotated: marks that were published are compared later.
"""

import hmac
from base64 import urlsafe_b64encode
from typing import Final, Protocol
from uuid import UUID

from shared.kernel.key_ring import KeyRing

PURPOSE: Final = "marks"
SHARED_BY: Final = ("intake", "matching", "monitoring")


class Marks(Protocol):
    """Makes marks."""

    def of(self, case_id: UUID, organisation_id: UUID) -> str:
        """That of this organisation in this case."""


class NoMarks:
    """For a process that was not given the key: the command line."""

    def of(self, case_id: UUID, organisation_id: UUID) -> str:
        msg = f"this process makes no marks, of {organisation_id} or others, for {case_id}"
        raise LookupError(msg)


class KeyedMarks:
    """With the key of this ring."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def of(self, case_id: UUID, organisation_id: UUID) -> str:
        of_case = hmac.digest(self._ring.secret(PURPOSE), case_id.bytes, "sha256")
        return urlsafe_b64encode(hmac.digest(of_case, organisation_id.bytes, "sha256")).rstrip(b"=").decode()
