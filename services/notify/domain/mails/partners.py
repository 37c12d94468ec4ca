"""To the contact of a partner: can you help, and you can stop."""

from typing import Final

from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.message import MessageDraft
from services.notify.domain.outcome import Reason
from shared.events.matching import PartnerActivated, ReferralWithdrawn, WithdrawReason
from shared.events.monitoring import ResponseReminderDue
from shared.events.vocabulary import Audience

PARTNER_ACTIVATED: Final = Mail(
    "partner-activated",
    "Kun je helpen?",
    Audience.PARTNER,
    link=Link.ANSWER,
    facts={"district": Form.DISTRICT, "how_soon": Form.HOW_SOON, "reminder": Form.FLAG},
    # A reminder may be due when the first mail is forgotten.
    may_lack=frozenset({"district", "how_soon"}),
)
# Whoever helps must hear that it stops, whatever else happened; unless all about the case is erased.
QUESTION_WITHDRAWN: Final = Mail(
    "question-withdrawn",
    "De vraag is gestopt",
    Audience.PARTNER,
    stale_when=frozenset({Reason.CASE_ERASED}),
    facts={"others_go_on": Form.FLAG},
)
OF_THE_WHOLE_CASE: Final = frozenset({WithdrawReason.CASE_WITHDRAWN, WithdrawReason.CASE_CLOSED})


def ask_partner(event: PartnerActivated) -> MessageDraft:
    """The partner's contact is asked to help. No category: what the child needs is shown behind the link only."""
    return MessageDraft(
        PARTNER_ACTIVATED,
        event.contact_id,
        occasion=f"partner-activated:{event.referral_id}",
        about_id=event.referral_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts={"district": event.district, "how_soon": event.urgency.value},
    )


def remind_partner(event: ResponseReminderDue, asked: MessageDraft | None) -> MessageDraft:
    """The partner's contact has not answered; district and urgency come from the first mail, when that is known."""
    return MessageDraft(
        PARTNER_ACTIVATED,
        event.contact_id,
        occasion=f"response-reminder-due:{event.referral_id}:{event.due_at.isoformat()}",
        about_id=event.referral_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts={**(asked.facts if asked else {}), "reminder": "yes"},
    )


def ask_to_stop(event: ReferralWithdrawn) -> list[MessageDraft]:
    """The contact of a partner that said yes stops; what it does for another need of the same family goes on."""
    if event.contact_id is None:
        return []
    return [
        MessageDraft(
            QUESTION_WITHDRAWN,
            event.contact_id,
            occasion=f"question-withdrawn:{event.referral_id}",
            about_id=event.referral_id,
            case_id=event.subject,
            case_code=event.case_code,
            facts={} if event.reason in OF_THE_WHOLE_CASE else {"others_go_on": "yes"},
        )
    ]
