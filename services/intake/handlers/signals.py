"""Early signals: raised, asked about after some weeks, and ended by their ambassador, by a request, or by time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.intake.commands import PassOnWorry, RaiseSignal
from services.intake.domain.errors import NoCodeFree, UnknownSignal
from services.intake.domain.rules import Viewer
from services.intake.domain.signal import Signal
from services.intake.handlers.handing_over import check_room, check_successor
from services.intake.handlers.secret_address import forget_district
from services.intake.handlers.trainings import check_training
from services.intake.ports import IntakeUnit
from shared.events.base import Event
from shared.events.case_codes import SignalEnd

CODE_DRAWS = 3
AT_ONCE = 100
MOST_SIGNALS = 50


async def raise_signal(command: RaiseSignal, unit: IntakeUnit, viewer: Viewer) -> Signal:
    """Keep it, and plan the question. Sending it twice makes one signal."""
    theirs = (viewer.person_id, viewer.organisation_id)
    return await _raise(lambda: _new(command, *theirs, unit), command.remark, unit)


async def pass_on_worry(command: PassOnWorry, unit: IntakeUnit, viewer: Viewer) -> Signal:
    """The same for the ambassador whom they chose. Raises TrainingOver, UnknownSuccessor or HasEnoughToDo."""
    await check_training(viewer, unit)
    await check_successor(command.ambassador_id, command.organisation_id, unit)
    await check_room(command.ambassador_id, unit, viewer)
    told = RaiseSignal(
        signal_id=command.signal_id, worries=command.worries, district=command.district, age_band=command.age_band
    )
    to = (command.ambassador_id, command.organisation_id)
    return await _raise(lambda: replace(_new(told, *to, unit), passed_on_by=viewer.person_id), None, unit)


async def list_passed_on(unit: IntakeUnit, viewer: Viewer) -> list[Signal]:
    """What this viewer passed on, the newest first."""
    return await unit.signals.list_passed_on(viewer.person_id, MOST_SIGNALS)


async def forward_signal(
    signal_id: UUID, ambassador_id: UUID, organisation_id: UUID, unit: IntakeUnit, viewer: Viewer
) -> Signal:
    """It is another ambassador's; twice changes nothing.

    Raises UnknownSignal, UnknownSuccessor, HasEnoughToDo or SignalIsOver.
    """
    done = await unit.signals.get(signal_id, ambassador_id)
    if done and ambassador_id != viewer.person_id:
        # The same button pressed twice: it is not this viewer's any more.
        return done
    signal = await _of(signal_id, unit, viewer)
    await check_successor(ambassador_id, organisation_id, unit)
    await check_room(ambassador_id, unit, viewer)
    events = signal.pass_on(ambassador_id, organisation_id, unit.now)
    await unit.signals.forget_remark(signal.id)
    return await _keep(signal, events, unit)


async def show_signal(signal_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Signal:
    """One of this viewer, or of whom they stand in for. Raises UnknownSignal, also when it is somebody else's."""
    for whose in (viewer.person_id, *sorted(viewer.stands_in_for)):
        if signal := await unit.signals.read(signal_id, whose):
            return signal
    raise UnknownSignal


async def list_signals(unit: IntakeUnit, viewer: Viewer) -> list[Signal]:
    """Those that did not end, of this viewer and of whom they stand in for; each the newest first."""
    whose = (viewer.person_id, *sorted(viewer.stands_in_for))
    return [signal for each in whose for signal in await unit.signals.list_open(each)]


async def end_signal(signal_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Signal:
    """Its ambassador says that it is not needed any more."""
    signal = await _of(signal_id, unit, viewer)
    return await _keep(signal, signal.finish(SignalEnd.NO_LONGER_NEEDED, unit.now), unit)


async def become_request(signal_id: UUID, ambassador_id: UUID, case_id: UUID, unit: IntakeUnit) -> None:
    """Help was asked for this child. A signal that ended meanwhile stays as it is: the request counts."""
    signal = await unit.signals.get(signal_id, ambassador_id)
    if signal and signal.is_open:
        await _keep(signal, signal.finish(SignalEnd.BECAME_REQUEST, unit.now, case_id), unit)
        case = await unit.cases.read(case_id)
        if case is not None and case.opening.address_is_secret:
            await forget_district(case, unit)


async def follow_signals(unit: IntakeUnit) -> None:
    """Ask about those whose time has come, and end those that nobody said anything about since."""
    for signal in await unit.signals.list_due(unit.now, AT_ONCE):
        if signal.asked_at is None:
            terms, today = unit.city.terms, unit.city.day_of(unit.now)
            # Who hears of it late still has the weeks in between.
            last = max(
                signal.ends_at, _at(today + timedelta(weeks=terms.signal_end_weeks - terms.signal_question_weeks), unit)
            )
            events = signal.ask(unit.city.day_of(last), last, unit.now)
        else:
            events = signal.finish(SignalEnd.EXPIRED, unit.now)
        await _keep(signal, events, unit)


async def _of(signal_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Signal:
    """The same as `show_signal`, to change it."""
    for whose in (viewer.person_id, *sorted(viewer.stands_in_for)):
        if signal := await unit.signals.get(signal_id, whose):
            return signal
    raise UnknownSignal


async def _raise(new: Callable[[], Signal], remark: str | None, unit: IntakeUnit) -> Signal:
    for _ in range(CODE_DRAWS):
        signal = new()
        if known := await unit.signals.read(signal.id, signal.ambassador_id):
            return known
        if await unit.signals.add(signal, remark):
            unit.outbox.append(signal.raised(unit.now))
            return signal
    raise NoCodeFree


def _new(command: RaiseSignal, ambassador_id: UUID, organisation_id: UUID, unit: IntakeUnit) -> Signal:
    terms, today = unit.city.terms, unit.city.day_of(unit.now)
    return Signal(
        id=command.signal_id,
        code=unit.codes.new(),
        ambassador_id=ambassador_id,
        organisation_id=organisation_id,
        worries=command.worries,
        district=command.district,
        age_band=command.age_band,
        raised_at=unit.now,
        question_at=_at(today + timedelta(weeks=terms.signal_question_weeks), unit),
        ends_at=_at(today + timedelta(weeks=terms.signal_end_weeks), unit),
    )


def _at(day: date, unit: IntakeUnit) -> datetime:
    """At the time of the day at which people are asked how it goes."""
    return unit.city.instant_of(day, unit.city.follow_up.asked_at)


async def _keep(signal: Signal, events: list[Event], unit: IntakeUnit) -> Signal:
    await unit.signals.save(signal)
    unit.outbox.append(*events)
    return signal
