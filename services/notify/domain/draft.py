"""What is to be told, to whom, and why: the content of a message before it is queued."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from services.notify.domain.mail import Bundle, Form, Mail
from services.notify.domain.outcome import Reason
from shared.events.vocabulary import Audience


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """Who must be told what, and why: the content of a message before it is queued.

    `occasion` says in one line what happened; a second draft of the same occasion, mail and recipient is not queued.
    `case_code` is what the desk finds it by; `referral_number` what a partner knows it by, that never reads the other.
    `replies_about`: what a reply to the mail itself is about; None: a reply goes to the desk.
    `about_id` is the referral, follow-up, sign-in, need or case that it is about. `facts` holds codes and moments, as
    the mail declares them. `bundle` is with what it waits, if with anything; `at_once`: for this it never waits.
    """

    mail: Mail
    recipient_id: UUID
    occasion: str
    about_id: UUID
    case_id: UUID | None = None
    case_code: str | None = None
    referral_number: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    useless_after: datetime | None = None
    bundle: Bundle = Bundle.NOTHING
    at_once: bool = False
    replies_about: UUID | None = None

    def again(self, message_id: UUID) -> "MessageDraft":
        """The same once more, because a person asks for it: at once, and once for each message that was sent."""
        return replace(self, occasion=f"again:{message_id}", bundle=Bundle.NOTHING, at_once=True)

    def passed_on(self, reader: UUID, at: datetime) -> "MessageDraft":
        """The same for whoever took over then; what is about its reader is about the new one."""
        about_id = reader if self.about_id == self.recipient_id else self.about_id
        return replace(self, recipient_id=reader, about_id=about_id, occasion=f"{self.occasion}:{at.isoformat()}")

    @property
    def number(self) -> str | None:
        """By which its reader knows what it is about."""
        to_partner = self.mail.audience is Audience.PARTNER or self.referral_number is not None
        return self.referral_number if to_partner else self.case_code

    @property
    def people(self) -> list[UUID]:
        """Whom the mail names."""
        named = (fact for fact, form in self.mail.facts.items() if form is Form.PERSON and fact in self.facts)
        return list(dict.fromkeys(UUID(self.facts[fact]) for fact in named))

    @property
    def appointment_fact(self) -> str | None:
        """Which fact holds what it brings for the calendar, if anything."""
        named = (fact for fact, form in self.mail.facts.items() if form is Form.APPOINTMENT and fact in self.facts)
        return next(named, None)

    def is_stale(self, reason: Reason | None) -> bool:
        """Whether this is not to be said any more, or not now, for this reason."""
        if reason is Reason.CASE_ON_HOLD:
            return True
        return self.mail.waits_for_rest if reason is Reason.CASE_RESTS else reason in self.mail.stale_when
