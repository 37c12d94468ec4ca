"""Signing in with a mailed code."""

from datetime import timedelta
from uuid import UUID

from services.matching.commands import EnterCode
from services.matching.domain.network import Person
from services.matching.domain.sign_in import SignIn
from services.matching.ports import MatchingUnit

KEEP_SIGN_INS_FOR = timedelta(days=7)


async def request_sign_in(email: str, unit: MatchingUnit) -> UUID:
    """Ask for a code; earlier ones stop working, so that guessing has one code at a time to guess.

    An unknown address gets an identity too, so that nobody can find out who is in the network.
    """
    sign_in_id = unit.ids.new()
    person = await unit.people.read_by_email(email)
    if person is not None and person.active and person.memberships:
        sign_in, requested = SignIn.request(sign_in_id, person.id, at=unit.now)
        await unit.sign_ins.close_all_of(person.id)
        await unit.sign_ins.save(sign_in)
        unit.outbox.append(requested)
    return sign_in_id


async def enter_code(command: EnterCode, unit: MatchingUnit, *, key: bytes) -> Person | None:
    """Try a code; returns who it is, or None. A wrong try counts, so this must be committed either way."""
    sign_in = await unit.sign_ins.get(command.sign_in_id)
    if sign_in is None:
        return None
    right = sign_in.try_code(command.code, key=key, at=unit.now)
    await unit.sign_ins.save(sign_in)
    person = await unit.people.read(sign_in.person_id) if right else None
    return person if person is not None and person.active and person.memberships else None


async def forget_old_sign_ins(unit: MatchingUnit) -> None:
    """Delete attempts that were over long ago."""
    await unit.sign_ins.forget(unit.now - KEEP_SIGN_INS_FOR)
