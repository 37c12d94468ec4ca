"""To the ambassador: about a worry that is no case yet. The subject is the signal."""

from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import Facts
from services.notify.domain.mail import Form, Link, Mail
from shared.events.early_signals import EarlySignalQuestionDue, EarlySignalRaised, SignalFact
from shared.events.vocabulary import Audience

EARLY_SIGNAL: Final = Mail(
    "early-signal",
    "Wat werd er van je zorg?",
    Audience.AMBASSADOR,
    link=Link.SIGNALS,
    facts={"ends_on": Form.DAY},
)
SIGNAL_PASSED_ON: Final = Mail(
    "early-signal-raised",
    "Iemand geeft een zorg aan je door",
    Audience.AMBASSADOR,
    link=Link.SIGNALS,
    facts={"passed_on_by": Form.PERSON, "over_limit": Form.OVER_LIMIT},
    may_lack=frozenset({"over_limit"}),
)


def ask_about_signal(event: EarlySignalQuestionDue) -> MessageDraft:
    """The ambassador is asked what became of the worry."""
    return _draft(EARLY_SIGNAL, event, {"ends_on": event.ends_on.isoformat()})


def pass_signal_on(event: EarlySignalRaised) -> list[MessageDraft]:
    """The ambassador calls the trusted person who passed it on; one who raised it alone reads nothing new."""
    if event.passed_on_by is None or event.passed_on_by == event.ambassador_id:
        return []
    why = {"over_limit": event.over_limit.value} if event.over_limit else {}
    return [_draft(SIGNAL_PASSED_ON, event, {"passed_on_by": str(event.passed_on_by)} | why)]


def _draft(mail: Mail, event: SignalFact, facts: Facts) -> MessageDraft:
    return MessageDraft(
        mail,
        event.ambassador_id,
        # It may come back to whoever had it before.
        occasion=f"{mail.template}:{event.subject}:{event.occurred_at.isoformat()}",
        about_id=event.subject,
        case_code=event.signal_code,
        facts=facts,
    )
