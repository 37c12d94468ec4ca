"""What notify asks when it mails one of two people about their appointment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.community.domain.appointment import Appointment, AppointmentState
from services.community.domain.gathering import Gathering
from services.community.domain.sign_up import SignUp
from services.community.handlers.letters import LINK_LASTS
from services.community.handlers.seats import SEAT_LINK
from services.community.ports import CommunityUnit
from shared.events.gathering_letters import CalendarMethod, SeatOccasion

OF_APPOINTMENTS: Final[Mapping[SeatOccasion, AppointmentState]] = {
    SeatOccasion.APPOINTMENT_PROPOSED: AppointmentState.PROPOSED,
    SeatOccasion.APPOINTMENT_AGREED: AppointmentState.AGREED,
    SeatOccasion.APPOINTMENT_DECLINED: AppointmentState.DECLINED,
    SeatOccasion.APPOINTMENT_MOVED: AppointmentState.AGREED,
    SeatOccasion.APPOINTMENT_CANCELLED: AppointmentState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class AppointmentLetter:
    """All that a mail about an appointment needs."""

    appointment: Appointment
    gathering: Gathering
    reader: SignUp
    other: SignUp
    token: str

    @property
    def method(self) -> CalendarMethod | None:
        """What the reader's calendar does: nothing with what was never agreed."""
        if not self.appointment.in_calendar:
            return None
        is_off = self.appointment.state is AppointmentState.CANCELLED
        return CalendarMethod.CANCEL if is_off else CalendarMethod.REQUEST


async def prepare_appointment_letter(
    seat_id: UUID, appointment_id: UUID, occasion: SeatOccasion, unit: CommunityUnit
) -> AppointmentLetter | None:
    """None: it stands otherwise by now, or whose it was is forgotten."""
    found = await unit.appointments.read(appointment_id)
    if found is None or seat_id not in found.both or found.state is not OF_APPOINTMENTS[occasion]:
        return None
    told = await unit.sign_ups.open_each(found.both)
    gathering = await unit.gatherings.read(found.gathering_id)
    if gathering is None or len(told) < len(found.both):
        return None
    link = await unit.links.mint(SEAT_LINK, seat_id, seat_id, gathering.details.ends_at + LINK_LASTS)
    return AppointmentLetter(found, gathering, told[seat_id], told[found.other_than(seat_id)], link.token)
