"""Early signals: raised, asked about after some weeks, and ended by their ambassador, by a request, or by time."""

from datetime import date, datetime, timedelta
from uuid import UUID

from services.intake.commands import RaiseSignal
from services.intake.domain.errors import NoCodeFree, UnknownSignal
from services.intake.domain.rules import Viewer
from services.intake.domain.signal import Signal
from services.intake.ports import IntakeUnit
from shared.events.base import Event
from shared.events.case_codes import SignalEnd

CODE_DRAWS = 3
AT_ONCE = 100


async def raise_signal(command: RaiseSignal, unit: IntakeUnit, viewer: Viewer) -> Signal:
    """Keep it, and plan the question. Sending it twice makes one signal."""
    for _ in range(CODE_DRAWS):
        if known := await unit.signals.read(command.signal_id, viewer.person_id):
            return known
        signal = _new(command, unit, viewer)
        if await unit.signals.add(signal, command.remark):
            unit.outbox.append(signal.raised(unit.now))
            return signal
    raise NoCodeFree


async def show_signal(signal_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Signal:
    """One of this viewer. Raises UnknownSignal, also when it is somebody else's."""
    signal = await unit.signals.read(signal_id, viewer.person_id)
    if signal is None:
        raise UnknownSignal
    return signal


async def end_signal(signal_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Signal:
    """Its ambassador says that it is not needed any more."""
    signal = await unit.signals.get(signal_id, viewer.person_id)
    if signal is None:
        raise UnknownSignal
    return await _keep(signal, signal.finish(SignalEnd.NO_LONGER_NEEDED, unit.now), unit)


async def become_request(signal_id: UUID, ambassador_id: UUID, case_id: UUID, unit: IntakeUnit) -> None:
    """Help was asked for this child. A signal that ended meanwhile stays as it is: the request counts."""
    signal = await unit.signals.get(signal_id, ambassador_id)
    if signal and signal.is_open:
        await _keep(signal, signal.finish(SignalEnd.BECAME_REQUEST, unit.now, case_id), unit)


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


def _new(command: RaiseSignal, unit: IntakeUnit, viewer: Viewer) -> Signal:
    terms, today = unit.city.terms, unit.city.day_of(unit.now)
    return Signal(
        id=command.signal_id,
        code=unit.codes.new(),
        ambassador_id=viewer.person_id,
        organisation_id=viewer.organisation_id,
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
