"""To whoever signed up for a gathering, without an account.

The reader is a seat, and no person: community answers where its mail goes, and all that it says of the gathering, at
the moment of sending.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Form, Link, Mail
from shared.events.community import (
    AccessContactRemoved,
    OutcomeDue,
    ReportShared,
    SeatCancelled,
    SeatConfirmed,
    SeatDeclined,
    SeatFact,
    SeatInvited,
    SeatMoved,
    SeatOffered,
    SeatPassed,
    SeatReminderDue,
    SeatReported,
    SeatRequested,
    SeatRevoked,
    SeatVacated,
    SeatWaitlisted,
)
from shared.events.gathering_letters import GatheringOccasion, SeatOccasion
from shared.events.vocabulary import Audience


def _mail(occasion: SeatOccasion, title: str, *, goes_first: bool = False) -> Mail:
    return Mail(
        f"seat-{occasion.value}", title, Audience.APPLICANT, link=Link.SEAT, goes_first=goes_first, never_waits=True
    )


SEAT_CONFIRM: Final = _mail(SeatOccasion.CONFIRM, "Bevestig je aanmelding", goes_first=True)
SEAT_PLACE: Final = _mail(SeatOccasion.PLACE, "Er is een plek voor je")
SEAT_WAITING: Final = _mail(SeatOccasion.WAITING, "Je staat op de wachtlijst")
SEAT_OFFER: Final = Mail(
    "seat-offer",
    "Er is een plek vrij",
    Audience.APPLICANT,
    link=Link.SEAT,
    facts={"until": Form.MOMENT},
    never_waits=True,
)
SEAT_PASSED: Final = _mail(SeatOccasion.PASSED, "De plek ging naar een ander")
SEAT_MOVED: Final = _mail(SeatOccasion.MOVED, "De bijeenkomst is verplaatst")
SEAT_CALLED_OFF: Final = _mail(SeatOccasion.CALLED_OFF, "De bijeenkomst gaat niet door")
SEAT_CANCELLED: Final = _mail(SeatOccasion.CANCELLED, "Je bent afgemeld")
SEAT_REMINDER: Final = _mail(SeatOccasion.REMINDER, "Binnenkort een bijeenkomst")
SEAT_REPORT: Final = _mail(SeatOccasion.REPORT, "Het verslag van een bijeenkomst")
# To whoever has no seat; it says nothing of why they were there, and goes to nobody in their place.
GATHERING_REPORT: Final = Mail(
    GatheringOccasion.REPORT.value, "Het verslag van een bijeenkomst", Audience.ANYBODY, link=Link.GATHERING,
    never_waits=True, of_gathering=True, only_for_reader=True,
)  # fmt: skip
SEAT_INVITED: Final = _mail(SeatOccasion.INVITED, "Wil je spreken?")
SPEAKER_DECLINED: Final = Mail(
    "speaker-declined", "Een spreker kan niet komen", Audience.COORDINATOR, link=Link.GATHERING
)
SEAT_LEFT_EMPTY: Final = Mail(
    "seat-left-empty", "Een plek kwam vrij", Audience.COORDINATOR, link=Link.PARTICIPANTS, never_waits=True
)
ACCESS_CONTACT_LEFT: Final = Mail(
    "access-contact-left", "Niemand leest wat mensen nodig hebben", Audience.COORDINATOR, link=Link.PARTICIPANTS,
    facts={"starts": Form.MOMENT},
)  # fmt: skip
OUTCOME_DUE: Final = Mail("outcome-due", "Vraag hoe het gaat met een afspraak", Audience.COORDINATOR, link=Link.ROUND)
_MAILS: Final = {
    SeatInvited: SEAT_INVITED,
    SeatConfirmed: SEAT_PLACE,
    SeatWaitlisted: SEAT_WAITING,
    SeatPassed: SEAT_PASSED,
    SeatMoved: SEAT_MOVED,
    SeatRevoked: SEAT_CALLED_OFF,
    SeatCancelled: SEAT_CANCELLED,
    SeatReminderDue: SEAT_REMINDER,
    SeatReported: SEAT_REPORT,
}


def ask_to_confirm(event: SeatRequested) -> MessageDraft:
    """Whose address it is says so; after its time the mail is of no use."""
    draft = about_directory(SEAT_CONFIRM, event.subject, event, event.subject, {})
    return replace(draft, useless_after=event.confirm_by)


def offer_place(event: SeatOffered) -> MessageDraft:
    """A place is kept until then."""
    facts = {"until": event.until.isoformat()}
    draft = about_directory(SEAT_OFFER, event.subject, event, event.subject, facts)
    return replace(draft, useless_after=event.until)


def tell_holder(event: SeatFact) -> MessageDraft:
    """How it stands with the seat."""
    return about_directory(_MAILS[type(event)], event.subject, event, event.subject, {})


def share_report(event: ReportShared) -> MessageDraft:
    """Whoever hosted or told from experience."""
    return about_directory(GATHERING_REPORT, event.person_id, event, event.subject, {})


def tell_of_empty_seat(event: SeatVacated, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Too late to offer it: who organises can mail whoever waits."""
    return [about_directory(SEAT_LEFT_EMPTY, one, event, event.gathering_id, {}) for one in coordinators]


def tell_that_speaker_declined(event: SeatDeclined, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The desk asks somebody else."""
    return [about_directory(SPEAKER_DECLINED, one, event, event.gathering_id, {}) for one in coordinators]


def tell_that_access_contact_left(event: AccessContactRemoved, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Somebody else has to read what people need."""
    facts = {"starts": event.starts_at.isoformat()}
    return [about_directory(ACCESS_CONTACT_LEFT, one, event, event.subject, facts) for one in coordinators]


def tell_that_outcome_is_due(event: OutcomeDue, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Its day is there: the desk asks who took it up."""
    return [about_directory(OUTCOME_DUE, one, event, event.subject, {}) for one in coordinators]
