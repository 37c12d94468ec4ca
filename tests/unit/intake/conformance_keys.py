"""What every store of intake must do with schools' API keys, and with the keys of their requests."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.intake.domain.api_key import ApiKey
from shared.access.replies import AskedBefore, Reply, Taken
from shared.unit_of_work import Units
from tests.unit.intake.builders import NOW, ROOS, SCHOOL

Store = Units[Any]
ID = UUID("00000000-0000-7000-8000-0000000000d1")


class KeyConformance:
    """A part of `StoreConformance`."""

    async def test_api_key_is_found_by_its_hash_also_when_revoked(self, units: Store) -> None:
        key = ApiKey(ID, SCHOOL, ROOS.person_id, "Leerlingvolgsysteem", b"hash", NOW)
        async with units.begin() as unit:
            await unit.keys.add(key)
            assert await unit.keys.read_by_hash(b"hash") == key
            assert await unit.keys.read_by_hash(b"other") is None
            revoked = replace(key, revoked_at=NOW)
            await unit.keys.save(revoked)
            assert await unit.keys.get(ID) == revoked
            assert await unit.keys.read_by_hash(b"hash") == revoked
            assert await unit.keys.list_all() == [revoked]
            assert await unit.keys.get(SCHOOL) is None

    async def test_reply_is_known_again_until_it_is_forgotten(self, units: Store) -> None:
        asked, other = AskedBefore("school", "key-1", "print"), AskedBefore("other school", "key-1", "print")
        reply = Reply("print", 201, '{"id": 1}')
        async with units.begin() as unit:
            assert await unit.replies.take([asked, other]) == Taken(frozenset(), {})
            await unit.replies.keep({asked: reply})
            now: datetime = unit.now
        async with units.begin() as unit:
            assert await unit.replies.take([asked, other]) == Taken(frozenset(), {("school", "key-1"): reply})
            assert await unit.replies.forget(now) == 0
            assert await unit.replies.forget(now + timedelta(seconds=1)) == 1
            assert await unit.replies.take([asked]) == Taken(frozenset(), {})
