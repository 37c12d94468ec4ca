"""`Idempotency-Key`: a machine may ask twice and be served once. The reply is stored in the change's own transaction."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from shared.web.problem import Problem

KEPT = timedelta(days=7)
MAX_KEY_LENGTH = 128


@dataclass(frozen=True, slots=True)
class StoredReply:
    """What was answered the first time."""

    status: int
    body: str


class KeyReused(Problem):
    """The same key with another body."""

    def __init__(self) -> None:
        super().__init__(
            422,
            "Sleutel al gebruikt",
            "Deze Idempotency-Key is al gebruikt voor een ander bericht. Kies voor elk nieuw bericht een nieuwe sleutel.",
            code="idempotency-key-reused",
        )


class KeyInFlight(Problem):
    """The same key is being handled at this moment."""

    def __init__(self) -> None:
        super().__init__(
            409,
            "Nog bezig",
            "Een bericht met deze Idempotency-Key wordt nu verwerkt. Vraag het over een paar tellen nog eens.",
            code="idempotency-key-in-flight",
            headers={"Retry-After": "2"},
        )


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same: method, path and body."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


class Replies(Protocol):
    """Stored replies, inside one transaction: `unit.replies`. `scope` is who asks (the API key's id)."""

    async def begin(self, key: str, scope: str, fingerprint: str) -> StoredReply | None:
        """The stored reply, or None: go ahead. Raises KeyReused (422) or KeyInFlight (409)."""

    async def finish(self, key: str, scope: str, fingerprint: str, status: int, body: str) -> None:
        """Store the reply; visible when the transaction commits. Raises KeyInFlight when another was first."""
