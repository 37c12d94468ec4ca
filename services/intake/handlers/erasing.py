"""Erasing a case, in steps that are each safe to die in.

`request_erasure` commits that it is being erased: from then on nobody reads it. Its timer fires at once, and writes the
tombstone outside the database; then one transaction destroys key and rows and publishes `CaseErased`. The other
services answer that they erased what they hold.
"""

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from services.intake.commands import EraseCase
from services.intake.domain.case import Case
from services.intake.domain.erasure import Erasure, ErasureReason
from services.intake.domain.errors import UnknownCase
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import case_for
from services.intake.handlers.same_child import let_go_of_erased
from services.intake.ports import IntakeUnit
from shared.events.base import Event
from shared.events.catalogue import service_of
from shared.events.intake import CaseErased
from shared.events.matching import ReferralsErased
from shared.events.monitoring import WatchErased
from shared.events.notify import MessagesErased
from shared.privacy.audit import About, Action
from shared.unit_of_work import Timer

ERASE: Final = "erase case"
EVERYTHING: Final = ("everything",)
MOST_AT_ONCE: Final = 500
CONFIRMATIONS: Final = (ReferralsErased, WatchErased, MessagesErased)
CONFIRM: Final = tuple(service_of(event) for event in CONFIRMATIONS)


async def request_erasure(command: EraseCase, unit: IntakeUnit, viewer: Viewer) -> None:
    """Its ambassador, or the desk, has it erased. What is being erased already stays so."""
    case = await case_for(command.case_id, unit, viewer)
    await begin_erasing(case, Erasure(command.reason, viewer.person_id), unit)


async def erase_for_operator(case_id: UUID, reason: ErasureReason, unit: IntakeUnit) -> None:
    """The same from the command line. Raises UnknownCase."""
    case = await unit.cases.get(case_id)
    if case is None:
        raise UnknownCase
    await begin_erasing(case, Erasure(reason), unit)


async def begin_erasing(case: Case, erasure: Erasure, unit: IntakeUnit) -> None:
    """From this commit on nobody sees it; the worker does the rest right after. Who or what began it is a line."""
    unit.audit.record(Action.ERASE, About.CASE, case.id, "erasure", fields=EVERYTHING, reason=erasure.reason.value)
    case.begin_erasing(erasure, unit.now)
    await unit.cases.save(case)
    unit.timers.set(Timer(f"{ERASE}:{case.id}", ERASE, case.id, unit.now))


async def erase_when_due(timer: Timer, unit: IntakeUnit) -> None:
    """At once after it was asked for."""
    await erase_case(timer.subject, unit)


async def erase_case(case_id: UUID, unit: IntakeUnit) -> None:
    """Destroy everything; a tombstone stays, outside the database first. A second time changes nothing."""
    await unit.erased.hold(alone=True)
    if await unit.cases.get(case_id) is None and await unit.erased.find([case_id]):
        return
    written, today = unit.ledger.read(), unit.city.day_of(unit.now)
    if case_id not in written:
        unit.ledger.add(case_id, today)
    await _destroy(case_id, written.get(case_id, today), unit)


async def erase_what_is_left(unit: IntakeUnit) -> None:
    """What was to be erased and is not: a worker died, or a backup of before was put back."""
    await _erase_again(unit)


async def _erase_again(unit: IntakeUnit) -> tuple[list[UUID], int]:
    """Which were erased, and how many of them were there."""
    await unit.erased.hold(alone=True)
    left = await unit.cases.list_erasing(MOST_AT_ONCE)
    written = unit.ledger.read()
    left += sorted(written.keys() - (await unit.erased.find(written)).keys() - set(left))
    there = [case_id for case_id in left if await unit.cases.read(case_id) is not None]
    for case_id in left:
        await erase_case(case_id, unit)
    return left, len(there)


async def say_tombstones_again(unit: IntakeUnit) -> int:
    """After a backup was put back: every service hears of every erased case again; returns how many had come back."""
    said, came_back = await _erase_again(unit)
    for case_id in sorted(unit.ledger.read().keys() - set(said)):
        await _say(case_id, unit)
    return came_back


async def note_confirmation(event: Event, unit: IntakeUnit) -> None:
    """A service erased what it held of the case."""
    await unit.unconfirmed.confirm(event.subject, service_of(type(event)))


async def _destroy(case_id: UUID, day: date, unit: IntakeUnit) -> None:
    await let_go_of_erased(case_id, unit)
    await unit.vault.forget(case_id)
    await unit.drafts.forget_of_case(case_id)
    signals = await unit.signals.forget_of_case(case_id)
    await unit.consents.forget(case_id)
    await unit.accepted.forget(case_id)
    await unit.timeline.forget(case_id)
    await unit.cases.forget(case_id)
    await unit.erased.bury(case_id, day, parts=signals)
    await _say(case_id, unit, signals)


async def _say(case_id: UUID, unit: IntakeUnit, signals: Collection[UUID] = ()) -> None:
    await unit.unconfirmed.await_all(case_id, CONFIRM, unit.now)
    unit.outbox.append(CaseErased(subject=case_id, occurred_at=unit.now, signals=tuple(sorted(signals))))
