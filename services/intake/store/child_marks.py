"""Marks of children, keyed with a key that is derived from intake's own."""

import hmac
from typing import Final

from shared.privacy.audit_chain import AuditChain

PURPOSE: Final = "the same child"


class KeyedChildMarks:
    """HMAC-SHA256. The key is in no database: without it nobody can try names until one fits."""

    def __init__(self, chain: AuditChain) -> None:
        self._key = chain.derived_key(PURPOSE)

    def of(self, told: str) -> bytes:
        return hmac.digest(self._key, told.encode(), "sha256")
