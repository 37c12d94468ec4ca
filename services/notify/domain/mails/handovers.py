"""Ambassador, contact person and family meet: planned, confirmed by both sides, done. Each side has its own mail."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from services.notify.domain.appointment import Appointment
from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import Facts, about_referral, flags, known_of
from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.message import Message
from shared.events.matching import HandoverConfirmed, HandoverPlanned, WarmHandoverCompleted
from shared.events.monitoring import HandoverReminderDue
from shared.events.referral_codes import HandoverKind, Party
from shared.events.vocabulary import Audience

NEED: Final = {"need": Form.NEED}
PLANNED: Final = NEED | {"meeting": Form.APPOINTMENT, "whom": Form.PERSON, "moved": Form.FLAG}
CONFIRM: Final = NEED | {"on": Form.DAY, "whom": Form.PERSON, "reminder": Form.FLAG}
# A clock knows neither what is needed nor the day; what an earlier mail said may be forgotten.
OF_A_CLOCK: Final = frozenset({"need", "on"})
DONE: Final = NEED | {"on": Form.DAY, "cold": Form.FLAG, "cold_reason": Form.COLD_REASON}
WHEN_WARM: Final = frozenset({"cold_reason"})

_TO_AMBASSADOR: Final = (Audience.AMBASSADOR, Link.FAMILY)
_TO_PARTNER: Final = (Audience.PARTNER, Link.HELP)
_PLANNED, _CONFIRM, _DONE = "Samen kennismaken", "Hebben jullie kennisgemaakt?", "De kennismaking is geweest"
HANDOVER_PLANNED: Final = Mail("handover-planned", _PLANNED, *_TO_AMBASSADOR, facts=PLANNED)
PARTNER_PLANNED: Final = Mail("handover-planned-partner", _PLANNED, *_TO_PARTNER, facts=PLANNED)
HANDOVER_CONFIRM: Final = Mail(
    "handover-confirm", _CONFIRM, *_TO_AMBASSADOR, facts=CONFIRM, may_lack=OF_A_CLOCK, rests=True
)
PARTNER_CONFIRM: Final = Mail("handover-confirm-partner", _CONFIRM, *_TO_PARTNER, facts=CONFIRM, may_lack=OF_A_CLOCK)
HANDED_OVER: Final = Mail("handed-over", _DONE, Audience.AMBASSADOR, Link.CASE, facts=DONE, may_lack=WHEN_WARM)
PARTNER_HANDED_OVER: Final = Mail("handed-over-partner", _DONE, *_TO_PARTNER, facts=DONE, may_lack=WHEN_WARM)
# What asks whether they met: the answer of that side, or the end of it, makes it old.
ASKS_WHETHER_THEY_MET: Final[Mapping[Party, Mail]] = {
    Party.AMBASSADOR: HANDOVER_CONFIRM,
    Party.PARTNER: PARTNER_CONFIRM,
}


def tell_of_meeting(event: HandoverPlanned, entries: Mapping[UUID, Appointment]) -> list[MessageDraft]:
    """Each side whose entry is new or moved has the day in its calendar; `entries` by reader."""

    def draft(mail: Mail, reader: UUID, whom: UUID) -> MessageDraft:
        meeting = {"meeting": entries[reader].to_fact(), "whom": str(whom)}
        moved = flags(moved=entries[reader].sequence > 0)
        return about_referral(mail, reader, event, {"need": event.category} | meeting | moved)

    sides = (
        (HANDOVER_PLANNED, event.ambassador_id, event.contact_id),
        (PARTNER_PLANNED, event.contact_id, event.ambassador_id),
    )
    return [draft(mail, reader, whom) for mail, reader, whom in sides if reader in entries]


def ask_other_side(event: HandoverConfirmed) -> MessageDraft:
    """The side that did not say yet whether they met is asked."""
    known = {"need": event.category, "on": event.on.isoformat()}
    sides = _sides(event.ambassador_id, event.contact_id, known)
    mail, reader, facts = sides[1] if event.party is Party.AMBASSADOR else sides[0]
    return about_referral(mail, reader, event, facts)


def remind_both_sides(event: HandoverReminderDue, about: Iterable[Message]) -> list[MessageDraft]:
    """The day passed, and nobody said that they met."""
    known = known_of(about, "need") | flags(reminder=True)
    sides = _sides(event.ambassador_id, event.contact_id, known)
    return [about_referral(mail, reader, event, facts) for mail, reader, facts in sides]


def tell_that_they_met(event: WarmHandoverCompleted) -> list[MessageDraft]:
    """Who did not report it knows that it is done, and whether it was warm."""
    cold = flags(cold=event.kind is HandoverKind.COLD)
    reason = {"cold_reason": event.cold_reason.value} if event.cold_reason else {}
    facts = {"need": event.category, "on": event.on.isoformat(), **cold, **reason}
    readers = {HANDED_OVER: event.ambassador_id, PARTNER_HANDED_OVER: event.contact_id}
    return [
        about_referral(mail, reader, event, facts) for mail, reader in readers.items() if reader != event.reported_by
    ]


def _sides(ambassador_id: UUID, contact_id: UUID, known: Facts) -> list[tuple[Mail, UUID, dict[str, str]]]:
    return [
        (HANDOVER_CONFIRM, ambassador_id, {**known, "whom": str(contact_id)}),
        (PARTNER_CONFIRM, contact_id, {**known, "whom": str(ambassador_id)}),
    ]
