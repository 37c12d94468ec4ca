"""Links in mails: pointers that are stored hashed, bound to a purpose, a subject, a person and an organisation.

Reading a link uses nothing up. Each link has a short code for organisations that do not allow links in mail.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy import func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kernel.errors import Gone
from shared.kernel.ids import Ids
from shared.storage.tables import link_tokens

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
CODE_LENGTH = 8
CODE_GROUP = 4
TOKEN_BYTES = 32
_BEHIND_TOKEN: Final = re.compile(r"[^A-Za-z0-9_-].*", re.DOTALL)
KEPT_AFTER_EXPIRY = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Link:
    """What goes into the mail and is not kept: the token for the address, and the code that can be typed."""

    token: str
    short_code: str


@dataclass(frozen=True, slots=True)
class LinkGrant:
    """What a link opens, and for whom it was made; its id says nothing of its token."""

    id: UUID
    purpose: str
    subject_id: UUID
    holder_id: UUID
    organisation_id: UUID | None
    expires_at: datetime


class LinkExpired(Gone):
    """The link was right, and its time is over."""

    def __init__(self) -> None:
        super().__init__(
            "link-expired", "Deze link is niet meer geldig. In je nieuwste mail staat een link die het wel doet."
        )


class Links(Protocol):
    """Mints and reads links inside one transaction."""

    async def mint(
        self,
        purpose: str,
        subject_id: UUID,
        holder_id: UUID,
        expires_at: datetime,
        *,
        organisation_id: UUID | None = None,
    ) -> Link:
        """A new link; older ones for the same subject stay valid."""

    async def resolve(self, token_or_code: str, purpose: str) -> LinkGrant | None:
        """What it opens; None when it is unknown or for another purpose. Raises LinkExpired (410) after its time.

        A short code may be typed in any case, with or without the hyphen or spaces.
        """

    async def find(self, token_or_code: str, purpose: str) -> LinkGrant | None:
        """The same of a link whose time is over as well: for the audit log."""


def hash_of(kind: str, secret: str) -> bytes:
    return hashlib.sha256(f"schakel-link-{kind}:{secret}".encode()).digest()


def _plain_code(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())


def short_code_in(text: str) -> str | None:
    """The code that `resolve` reads in this, as mails write it (ACDE-3467); None when it can only be a token."""
    letters = _plain_code(text)
    return written(letters) if len(letters) == CODE_LENGTH else None


def hashes_of(token_or_code: str) -> tuple[bytes, bytes]:
    return hash_of("token", _token_in(token_or_code)), hash_of("code", _plain_code(token_or_code))


def _token_in(text: str) -> str:
    """Without what a mail program or a hand put behind the address: a full stop, a bracket, a sign that nobody sees."""
    return _BEHIND_TOKEN.sub("", text.strip())


def written(letters: str) -> str:
    return "-".join(letters[at : at + CODE_GROUP] for at in range(0, len(letters), CODE_GROUP))


def new_token() -> str:
    """By chance that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_link(code_length: int = CODE_LENGTH) -> Link:
    """A new one, with a code of so many signs."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(code_length))
    return Link(new_token(), written(letters))


class PostgresLinks:
    """Links in the table `link_tokens`, inside the transaction of `connection`."""

    def __init__(self, connection: AsyncConnection, now: datetime, ids: Ids) -> None:
        self._connection = connection
        self._now = now
        self._ids = ids

    async def mint(
        self,
        purpose: str,
        subject_id: UUID,
        holder_id: UUID,
        expires_at: datetime,
        *,
        organisation_id: UUID | None = None,
    ) -> Link:
        """A new link; only its hashes are stored."""
        link = new_link()
        row = {
            "id": self._ids.new(),
            "token_hash": hash_of("token", link.token),
            "code_hash": hash_of("code", _plain_code(link.short_code)),
            "purpose": purpose,
            "subject_id": subject_id,
            "holder_id": holder_id,
            "organisation_id": organisation_id,
            "expires_at": expires_at,
            "created_at": self._now,
        }
        await self._connection.execute(insert(link_tokens).values(row))
        return link

    async def resolve(self, token_or_code: str, purpose: str) -> LinkGrant | None:
        """What it opens; see `Links.resolve`."""
        grant = await self.find(token_or_code, purpose)
        return still_valid(grant, self._now) if grant else None

    async def find(self, token_or_code: str, purpose: str) -> LinkGrant | None:
        """What it opens or opened; see `Links.find`."""
        token_hash, code_hash = hashes_of(token_or_code)
        query = select(link_tokens).where(
            or_(link_tokens.c.token_hash == token_hash, link_tokens.c.code_hash == code_hash),
            link_tokens.c.purpose == purpose,
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        return LinkGrant(row.id, row.purpose, row.subject_id, row.holder_id, row.organisation_id, row.expires_at)


def still_valid(grant: LinkGrant, now: datetime) -> LinkGrant:
    if now >= grant.expires_at:
        raise LinkExpired
    return grant


async def forget_expired(connection: AsyncConnection) -> int:
    """Delete links whose time was over KEPT_AFTER_EXPIRY ago; until then their page says that they have expired."""
    statement = link_tokens.delete().where(link_tokens.c.expires_at < func.now() - KEPT_AFTER_EXPIRY)
    return (await connection.execute(statement)).rowcount
