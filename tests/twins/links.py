"""Links of mails in memory."""

from datetime import datetime
from random import Random
from uuid import UUID

from shared.access.links import ALPHABET, CODE_LENGTH, Link, LinkGrant, hash_of, hashes_of, still_valid, written
from shared.kernel.ids import Ids
from tests.twins.tables import MemoryTables


class InMemoryLinks:
    """The twin: the same links in a dict of this transaction (`MemoryTables.table`); tokens follow from `ids`."""

    def __init__(self, tables: MemoryTables, now: datetime, ids: Ids) -> None:
        self._links = tables.table("link_tokens")
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
        """A new link; the same ids give the same link."""
        seed = self._ids.new()
        letters = "".join(Random(seed.int).choices(ALPHABET, k=CODE_LENGTH))
        link = Link(token=f"{seed.hex}{self._ids.new().hex}", short_code=written(letters))
        grant = LinkGrant(seed, purpose, subject_id, holder_id, organisation_id, expires_at)
        self._links[hash_of("token", link.token)] = grant
        self._links[hash_of("code", letters)] = grant
        return link

    async def resolve(self, token_or_code: str, purpose: str) -> LinkGrant | None:
        """What it opens; see `Links.resolve`."""
        grant = await self.find(token_or_code, purpose)
        return still_valid(grant, self._now) if grant else None

    async def find(self, token_or_code: str, purpose: str) -> LinkGrant | None:
        """What it opens or opened; see `Links.find`."""
        token_hash, code_hash = hashes_of(token_or_code)
        grant: LinkGrant | None = self._links.get(token_hash) or self._links.get(code_hash)
        return grant if grant is not None and grant.purpose == purpose else None
