"""The schools' API keys: made, shown and taken back from the command line."""

import hashlib
from dataclasses import replace
from uuid import UUID

from services.intake.commands import CreateApiKey
from services.intake.domain.api_key import ApiKey
from services.intake.domain.errors import UnknownAmbassador, UnknownApiKey
from services.intake.domain.rules import asks_for
from services.intake.ports import IntakeUnit


def hash_of(secret: str) -> bytes:
    """What is stored of a key. It has 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(secret.encode()).digest()


async def create_api_key(command: CreateApiKey, unit: IntakeUnit, secret: str) -> ApiKey:
    """Store a key for this ambassador's system. `secret` is shown once by whoever made it, and kept nowhere."""
    member = await unit.members.read(command.ambassador_id)
    if member is None or not asks_for(member.standing, command.organisation_id):
        raise UnknownAmbassador(command.ambassador_id)
    key = ApiKey(
        id=unit.ids.new(),
        organisation_id=command.organisation_id,
        ambassador_id=command.ambassador_id,
        label=command.label,
        hash=hash_of(secret),
        created_at=unit.now,
    )
    await unit.keys.add(key)
    return key


async def opening_key(key_hash: bytes, unit: IntakeUnit) -> ApiKey | None:
    """The key with this hash, if it opens anything. That of an ambassador who left or moved opens nothing."""
    key = await unit.keys.read_by_hash(key_hash)
    if key is None or key.revoked_at is not None:
        return None
    member = await unit.members.read(key.ambassador_id)
    return key if member is not None and asks_for(member.standing, key.organisation_id) else None


async def list_api_keys(unit: IntakeUnit) -> list[ApiKey]:
    """All keys, oldest first, also those that open nothing any more."""
    return await unit.keys.list_all()


async def revoke_api_key(key_id: UUID, unit: IntakeUnit) -> ApiKey:
    """The key opens nothing any more; a second time changes nothing."""
    key = await unit.keys.get(key_id)
    if key is None:
        raise UnknownApiKey
    if key.revoked_at is None:
        key = replace(key, revoked_at=unit.now)
        await unit.keys.save(key)
    return key
