"""What community publishes: what becomes of a gathering, and of a seat at one. The subject is the gathering or seat."""

from enum import StrEnum
from uuid import UUID

from shared.events.base import Count, Event, Instant


class GatheringKind(StrEnum):
    """What people come together for."""

    NETWORK_EVENING = "network-evening"
    LUNCH = "lunch"
    TRAINING = "training"
    MIRROR_TALK = "mirror-talk"
    PREPARATION = "preparation"


class CancelReason(StrEnum):
    """Why a gathering does not take place."""

    TOO_FEW = "too-few"
    NO_HOST = "no-host"
    NO_PLACE = "no-place"
    ILLNESS = "illness"
    WEATHER = "weather"
    OTHER = "another-reason"


class GatheringAnnounced(Event):
    """Whoever wants to come can sign up now."""

    kind: GatheringKind
    starts_at: Instant
    series_id: UUID | None = None


class GatheringMoved(Event):
    """It is at another time or place; `sequence` is the one of its entry in calendars."""

    starts_at: Instant
    sequence: Count


class GatheringCancelled(Event):
    """It does not take place."""

    reason: CancelReason
    sequence: Count


class GatheringHeld(Event):
    """It took place."""


class GatheringReported(Event):
    """What came of it can be read by everybody."""


class ReportShared(Event):
    """The report is for this person as well, who helped to make the evening. The subject is the gathering."""

    person_id: UUID


class AttendanceRecorded(Event):
    """Somebody ticked who was there; told once more when it is put right. `walk_ins` had not signed up."""

    came: Count
    missed: Count
    walk_ins: Count


class SeatFact(Event):
    """Something about one seat: of whom it is, only community knows."""

    gathering_id: UUID


class SeatInvited(SeatFact):
    """Somebody is asked to speak."""


class SeatDeclined(SeatFact):
    """Whoever was asked to speak does not; nobody asks why."""


class SeatRequested(SeatFact):
    """Somebody signed up; the address is to be confirmed before then, else nothing comes of it."""

    confirm_by: Instant


class SeatConfirmed(SeatFact):
    """There is a place for whoever signed up."""


class SeatWaitlisted(SeatFact):
    """All places are taken: it stands in the line."""


class SeatOffered(SeatFact):
    """A place came free, and is kept until then."""

    until: Instant


class SeatPassed(SeatFact):
    """Nobody answered the offer in time."""


class SeatCancelled(SeatFact):
    """Whoever signed up does not come."""


class SeatMoved(SeatFact):
    """The gathering of this seat is at another time or place."""

    sequence: Count


class SeatRevoked(SeatFact):
    """The gathering of this seat does not take place."""

    sequence: Count


class SeatReminderDue(SeatFact):
    """The gathering is so many days away."""

    days: Count


class SeatVacated(SeatFact):
    """This seat came free too late to be offered, and somebody waits for one: who organises can still call."""


class SeatReported(SeatFact):
    """There is a report of the gathering, for who was there and for who was not."""


class HostTurnFact(Event):
    """Something about one turn of somebody who hosts."""

    gathering_id: UUID
    person_id: UUID


class HostTurnProposed(HostTurnFact):
    """It is this person's turn to host: the answer is asked before then."""

    starts_at: Instant
    answer_by: Instant


class HostTurnAccepted(HostTurnFact):
    """This person hosts."""


class HostTurnDeclined(HostTurnFact):
    """Not this time; nobody asks why."""


class HostTurnPassed(HostTurnFact):
    """Nobody answered in time."""


class HostTurnSwapped(HostTurnFact):
    """Somebody else took over."""

    with_id: UUID


class HostReminderDue(HostTurnFact):
    """The gathering that this person hosts is so many days away."""

    days: Count


class HostTurnMoved(HostTurnFact):
    """The gathering of this turn is at another time or place."""

    starts_at: Instant


class HostTurnRevoked(HostTurnFact):
    """The gathering of this turn does not take place."""

    starts_at: Instant


class InvitationFact(Event):
    """Something about one invitation of somebody of the network."""

    gathering_id: UUID
    person_id: UUID


class PersonInvited(InvitationFact):
    """The desk asks this person to come."""


class InvitationReminderDue(InvitationFact):
    """This person did not answer yet, and is asked once more."""


class InvitationMoved(InvitationFact):
    """This person did not answer yet, and the gathering is at another time or place."""


class InvitationRevoked(InvitationFact):
    """This person did not answer yet, and the gathering does not take place."""


class AccessContactRemoved(Event):
    """Whoever reads what people need to take part left the network. The subject is the gathering."""

    starts_at: Instant


class NoHostFound(Event):
    """Nobody is left who can be asked to host: the desk looks for somebody. The subject is the gathering."""

    starts_at: Instant


class OutcomeFact(Event):
    """Something about what came of a round at a gathering; the subject is what it is about."""

    gathering_id: UUID


class OutcomeAgreed(OutcomeFact):
    """Somebody takes it up; told once more when who or by when was put right."""


class OutcomeClosed(OutcomeFact):
    """It is done, or nobody will do it."""

    done: bool


class OutcomeDue(OutcomeFact):
    """Its day is there, and it is still open."""
