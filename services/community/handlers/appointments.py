"""Two people who met at a gathering make an appointment, each behind the link of their own seat."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.community.domain.appointment import Appointment, AppointmentState
from services.community.domain.contact import ContactKind
from services.community.domain.errors import AppointmentNotFound, NotInThisState, SeatNotFound
from services.community.domain.gathering import Gathering
from services.community.domain.seat import FORGOTTEN_AFTER, Seat, SeatState
from services.community.domain.sign_up import SeenBy
from services.community.handlers.contacts import note_contact
from services.community.handlers.table_wishes import Companion, show_mutual
from services.community.handlers.told import told_by
from services.community.ports import CommunityUnit
from shared.events.base import Event
from shared.kernel.translatable import to_translate

# Nobody is asked on and on by the same one.
MOST_ASKED: Final = 3
MEETING: Final = frozenset({SeatState.CONFIRMED, SeatState.ATTENDED})


@dataclass(frozen=True, slots=True)
class Shown:
    """An appointment as one of the two reads it. `is_asked`: this one still has to answer."""

    appointment: Appointment
    name: str
    is_asked: bool


async def may_meet_again(seat: Seat, unit: CommunityUnit) -> bool:
    """From the beginning of the gathering until names are forgotten, and whoever was there."""
    gathering = await unit.gatherings.read(seat.gathering_id)
    return gathering is not None and _is_open(seat, gathering, unit)


async def show_companions(seat: Seat, unit: CommunityUnit) -> list[Companion]:
    """Whom this one can ask: who lets others at the gathering see that they come, and who wants to meet as well."""
    there = await told_by(seat.gathering_id, MEETING, unit)
    found = {one.seat_id: one for one in await show_mutual(seat, unit)} | {
        other.id: Companion(other.id, told.name, told.organisation)
        for other, told in there
        if other.id != seat.id and told.seen_by is not SeenBy.NOBODY
    }
    present = {other.id for other, _ in there}
    mine = [one for one in found.values() if one.seat_id in present]
    return sorted(mine, key=lambda one: (one.name.casefold(), one.seat_id))


async def show_appointments(seat: Seat, unit: CommunityUnit) -> list[Shown]:
    """Those of this seat, in their order."""
    found = await unit.appointments.list_of(seat.id)
    names = await unit.sign_ups.open_each([one.other_than(seat.id) for one in found])
    return [
        Shown(one, names[other].name, is_asked=one.with_seat_id == seat.id)
        for one in found
        if (other := one.other_than(seat.id)) in names
    ]


async def propose_appointment(
    seat: Seat, with_seat_id: UUID, starts_at: datetime, place: str, unit: CommunityUnit
) -> None:
    """The other one gets a mail, and says yes or no. Raises SeatNotFound or NotInThisState."""
    gathering = await _hold(seat, unit)
    if with_seat_id not in {one.seat_id for one in await show_companions(seat, unit)}:
        raise SeatNotFound
    _check(starts_at, gathering, unit)
    asked = [one for one in await unit.appointments.list_of(seat.id) if one.both == (seat.id, with_seat_id)]
    if len(asked) >= MOST_ASKED or any(one.state is AppointmentState.PROPOSED for one in asked):
        raise NotInThisState(to_translate("Je vroeg dit al. Wacht op het antwoord, of bel elkaar."))
    found = Appointment(unit.ids.new(), gathering.id, seat.id, with_seat_id, starts_at, place, unit.now)
    await _keep(found, found.propose(), unit)


async def answer_appointment(appointment_id: UUID, seat: Seat, unit: CommunityUnit, *, agrees: bool) -> None:
    """Raises AppointmentNotFound or NotInThisState."""
    found = await find_appointment(appointment_id, seat, unit)
    await _keep(found, found.answer(seat.id, unit.now, agrees=agrees), unit)
    if agrees:
        told = await unit.sign_ups.open_each(found.both)
        theirs = [one.table_wish.organisation_id for one in told.values()]
        await note_contact([one for one in theirs if one], ContactKind.APPOINTMENT, unit)


async def move_appointment(
    appointment_id: UUID, seat: Seat, starts_at: datetime, place: str, unit: CommunityUnit
) -> None:
    """Both hear of it. Raises AppointmentNotFound or NotInThisState."""
    gathering = await _hold(seat, unit)
    found = await find_appointment(appointment_id, seat, unit)
    _check(starts_at, gathering, unit)
    await _keep(found, found.move(starts_at, place, unit.now), unit)


async def cancel_appointment(appointment_id: UUID, seat: Seat, unit: CommunityUnit) -> None:
    """Both hear of it. Raises AppointmentNotFound or NotInThisState."""
    found = await find_appointment(appointment_id, seat, unit)
    await _keep(found, found.cancel(unit.now), unit)


async def find_appointment(appointment_id: UUID, seat: Seat, unit: CommunityUnit) -> Appointment:
    """One of this seat, locked. Raises AppointmentNotFound."""
    found = await unit.appointments.get(appointment_id)
    if found is None or seat.id not in found.both:
        raise AppointmentNotFound
    return found


async def _hold(seat: Seat, unit: CommunityUnit) -> Gathering:
    gathering = await unit.gatherings.get(seat.gathering_id)
    if gathering is None or not _is_open(seat, gathering, unit):
        raise NotInThisState(
            to_translate("Een afspraak maak je vanaf het begin van de bijeenkomst, tot vier weken erna.")
        )
    return gathering


def _is_open(seat: Seat, gathering: Gathering, unit: CommunityUnit) -> bool:
    return seat.state in MEETING and gathering.can_be_ticked(unit.now)


def _check(starts_at: datetime, gathering: Gathering, unit: CommunityUnit) -> None:
    if not unit.now < starts_at < gathering.details.ends_at + FORGOTTEN_AFTER:
        raise NotInThisState(to_translate("Kies een moment dat nog komt, binnen vier weken na de bijeenkomst."))


async def _keep(appointment: Appointment, events: list[Event], unit: CommunityUnit) -> None:
    unit.outbox.append(*events)
    await unit.appointments.save(appointment)
