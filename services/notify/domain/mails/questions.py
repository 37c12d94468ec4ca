"""A partner asks something first: to the ambassador, and back."""

from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_referral, need_of
from services.notify.domain.mail import Form, Link, Mail
from shared.events.matching import InformationAnswered, InformationRequested
from shared.events.vocabulary import Audience

QUESTION_ASKED: Final = Mail(
    "question-asked",
    "Een partner heeft een vraag",
    Audience.AMBASSADOR,
    link=Link.FAMILY,
    facts={"need": Form.NEED, "for_whom": Form.FOR_WHOM, "contact": Form.PERSON},
    rests=True,
)
QUESTION_ANSWERED: Final = Mail(
    "question-answered",
    "Er is antwoord op je vraag",
    Audience.PARTNER,
    link=Link.ANSWER,
    facts={"need": Form.NEED, "for_whom": Form.FOR_WHOM, "answer_by": Form.MOMENT},
)


def pass_question_on(event: InformationRequested) -> MessageDraft:
    """The ambassador reads the question behind the link; its words stay in matching."""
    contact = {"contact": str(event.contact_id)}
    return about_referral(QUESTION_ASKED, event.ambassador_id, event, need_of(event) | contact)


def pass_answer_on(event: InformationAnswered) -> MessageDraft:
    """The partner reads the answer behind the link, and by when its own answer is awaited."""
    answer_by = {"answer_by": event.answer_by.isoformat()}
    return about_referral(QUESTION_ANSWERED, event.contact_id, event, need_of(event) | answer_by)
