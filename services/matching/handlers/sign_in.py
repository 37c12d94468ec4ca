"""Signing in with a mailed code, and signing out everywhere."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.matching.commands import EnterCode
from services.matching.domain.network import Person
from services.matching.domain.sign_in import COUNTED_FOR, SHORT_CODES, SignIn
from services.matching.handlers.people import list_person
from services.matching.ports import MatchingUnit
from shared.privacy.audit import About, Action, Outcome
from shared.unit_of_work import Timer

KEEP_SIGN_INS_FOR: Final = timedelta(days=2)
MAIL_CODE: Final = "mail-sign-in-code"


async def request_sign_in(email: str, lane: str, unit: MatchingUnit) -> UUID:
    """Ask for a code. What is asked for before stays as it is: nobody takes another's code away.

    For an unknown address the same is read and written, so that not even the time tells who is in the network; whether
    a mail goes out is decided where nobody waits for it (`mail_code`).
    """
    person = await unit.people.read_by_email(email)
    earlier = await unit.sign_ins.list_of_lane(lane, unit.now - COUNTED_FOR, SHORT_CODES)
    known = person.id if person is not None and may_sign_in(person) else None
    sign_in = SignIn.ask(unit.ids.new(), known, lane, earlier, at=unit.now)
    await unit.sign_ins.save(sign_in)
    unit.timers.set(Timer(f"{MAIL_CODE}:{sign_in.id}", MAIL_CODE, sign_in.id, unit.now))
    return sign_in.id


async def mail_code(timer: Timer, unit: MatchingUnit) -> None:
    """The mail with the code, when somebody is to get one."""
    sign_in = await unit.sign_ins.read(timer.subject)
    requested = sign_in.requested(at=unit.now) if sign_in else None
    if requested is not None:
        unit.outbox.append(requested)


async def enter_code(command: EnterCode, unit: MatchingUnit, *, keys: Iterable[bytes]) -> Person | None:
    """Try a code; returns who it is, or None. A wrong try counts, so this must be committed either way."""
    sign_in = await unit.sign_ins.get(command.sign_in_id)
    if sign_in is None:
        return None
    right = sign_in.try_code(command.code, keys=keys, at=unit.now)
    await unit.sign_ins.save(sign_in)
    if sign_in.person_id is not None:
        record_sign_in(sign_in.person_id, unit, "mailed-code", right=right)
    if not right or sign_in.person_id is None:
        return None
    # What shares this code, and what was mailed before, has had its use.
    await unit.sign_ins.close_all_of(sign_in.person_id)
    person = await unit.people.read(sign_in.person_id)
    return person if person is not None and may_sign_in(person) else None


def record_sign_in(person_id: UUID | None, unit: MatchingUnit, how: str, *, right: bool) -> None:
    """Somebody proved who they are, or tried to: the line stands with the person it is about, when that is known."""
    if right:
        unit.audit.by(replace(unit.audit.actor, person_id=person_id))
    outcome = Outcome.DONE if right else Outcome.REFUSED
    about = About.NOBODY if person_id is None else About.PERSON
    unit.audit.record(Action.SIGN_IN, about, person_id, how, outcome=outcome)


async def begin_attempt(person_id: UUID, unit: MatchingUnit) -> UUID:
    """An attempt of somebody who proved in another way who they are: tries of a second factor count on it."""
    attempt = SignIn(unit.ids.new(), person_id, unit.now, used=True)
    await unit.sign_ins.save(attempt)
    return attempt.id


async def sign_out_everywhere(person_id: UUID, epoch: int, unit: MatchingUnit) -> None:
    """End every session of this person, in every service. A session that is over already ends nothing."""
    person = await unit.people.get(person_id)
    if person is not None and epoch >= person.epoch:
        unit.audit.record(Action.SIGN_OUT, About.PERSON, person_id, "sign-out")
        await end_sessions(person, unit)


async def end_sessions(person: Person, unit: MatchingUnit) -> Person:
    """Their epoch rises and every service hears of it; open codes are worth nothing."""
    later = replace(person, epoch=person.epoch + 1)
    await unit.people.save(later)
    await unit.sign_ins.close_all_of(person.id)
    await list_person(later, unit)
    return later


def may_sign_in(person: Person) -> bool:
    """Whoever left, or is only the contact of one question, does not."""
    return person.active and bool(person.memberships)


async def forget_old_sign_ins(unit: MatchingUnit) -> None:
    """Delete attempts that were over long ago."""
    await unit.sign_ins.forget(unit.now - KEEP_SIGN_INS_FOR)
