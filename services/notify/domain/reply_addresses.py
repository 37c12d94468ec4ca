"""The addresses to which a mail is answered, and the links to what was answered: a signed id each, kept nowhere."""

import hmac
from base64 import b32decode, b32encode
from binascii import Error
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

SEAL_BYTES: Final = 12
ID_BYTES: Final = 16


class Opens(StrEnum):
    """What a token is of; one of the one kind is none of the other."""

    MESSAGE = "message"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class ReplyAddresses:
    """`antwoord@antwoord.example` becomes `antwoord+<token>@antwoord.example`; `mailbox` empty: no mail is answered."""

    mailbox: str
    key: bytes = field(repr=False)

    def address_for(self, message_id: UUID) -> str:
        """Where whoever reads this message answers it; empty when that cannot be."""
        local, _, domain = self.mailbox.partition("@")
        return f"{local}+{self._token(Opens.MESSAGE, message_id)}@{domain}" if domain else ""

    def takes(self, address: str) -> bool:
        """Whether this is one of ours, whatever its token."""
        local, _, domain = address.lower().partition("@")
        own_local, _, own_domain = self.mailbox.lower().partition("@")
        return bool(own_domain) and domain == own_domain and local.partition("+")[0] == own_local

    def message_of(self, address: str) -> UUID | None:
        """Which message is answered; None when we never made this address."""
        token = address.partition("@")[0].partition("+")[2]
        return self._read(Opens.MESSAGE, token) if self.takes(address) else None

    def draft_token(self, draft_id: UUID) -> str:
        """By which whoever answered opens the draft."""
        return self._token(Opens.DRAFT, draft_id)

    def draft_of(self, token: str) -> UUID | None:
        """Which draft it opens; None when we never made it."""
        return self._read(Opens.DRAFT, token)

    def _token(self, opens: Opens, of: UUID) -> str:
        return b32encode(of.bytes + self._seal(opens, of)).decode().rstrip("=").lower()

    def _read(self, opens: Opens, token: str) -> UUID | None:
        try:
            said = b32decode(token.upper() + "=" * (-len(token) % 8))
        except (Error, ValueError):
            return None
        if len(said) != ID_BYTES + SEAL_BYTES:
            return None
        of = UUID(bytes=said[:ID_BYTES])
        return of if hmac.compare_digest(said[ID_BYTES:], self._seal(opens, of)) else None

    def _seal(self, opens: Opens, of: UUID) -> bytes:
        return hmac.new(self.key, opens.value.encode() + of.bytes, sha256).digest()[:SEAL_BYTES]
