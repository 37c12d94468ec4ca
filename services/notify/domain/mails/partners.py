"""To the contact of a partner: can you help, can you begin, and you can stop."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_referral, district_of, flags, known_of, need_of
from services.notify.domain.mail import NEVER_STALE, Form, Link, Mail
from services.notify.domain.message import Message
from shared.events.base import Horizon, Urgency
from shared.events.desk_codes import ChoiceReason
from shared.events.matching import AcceptanceReverted, DeclineReverted, PartnerActivated, ReferralWithdrawn
from shared.events.monitoring import ResponseReminderDue, WaitlistDue
from shared.events.referral_codes import WithdrawReason
from shared.events.referral_deletion import DeletionRequested
from shared.events.referral_terms import AnswerTermRenewed
from shared.events.vocabulary import Audience

OF_THE_QUESTION: Final = ("need", "for_whom", "district", "how_soon")
PARTNER_ACTIVATED: Final = Mail(
    "partner-activated",
    "Kun je helpen?",
    Audience.PARTNER,
    link=Link.ANSWER,
    facts={
        "need": Form.NEED, "for_whom": Form.FOR_WHOM, "district": Form.DISTRICT, "how_soon": Form.HOW_SOON,
        "answer_by": Form.MOMENT, "for_long": Form.FLAG, "reminder": Form.FLAG, "deputy": Form.FLAG,
        "choice": Form.CHOICE,
    },
    # A reminder may be due when the first mail is forgotten; most are the first of the ranking.
    may_lack=frozenset({*OF_THE_QUESTION, "choice"}),
)  # fmt: skip
WAITLIST_DUE: Final = Mail(
    "waitlist-due",
    "Is er nu plek?",
    Audience.PARTNER,
    link=Link.ANSWER,
    facts={"need": Form.NEED, "for_whom": Form.FOR_WHOM, "district": Form.DISTRICT},
    may_lack=frozenset({"need", "for_whom", "district"}),
)
QUESTION_WITHDRAWN: Final = Mail(
    "question-withdrawn",
    "De hulpvraag is gestopt",
    Audience.PARTNER,
    stale_when=NEVER_STALE,
    facts={"need": Form.NEED, "others_go_on": Form.FLAG},
    never_waits=True,
)
STOP_AND_DELETE: Final = Mail(
    "stop-and-delete",
    "Stop en verwijder",
    Audience.PARTNER,
    link=Link.DELETION,
    stale_when=NEVER_STALE,
    facts={"need": Form.NEED, "helping": Form.FLAG, "helped": Form.FLAG, "whole": Form.FLAG},
    never_waits=True,
)
OF_THE_FAMILY: Final = frozenset({WithdrawReason.CASE_WITHDRAWN, WithdrawReason.FAMILY_STOPPED})
OF_THE_WHOLE_CASE: Final = frozenset({WithdrawReason.CASE_WITHDRAWN, WithdrawReason.CASE_CLOSED})


def ask_partner(event: PartnerActivated) -> MessageDraft:
    """The partner's contact is asked to help; "vandaag" does not wait for a digest."""
    facts = {
        **need_of(event),
        **district_of(event),
        "how_soon": event.urgency.value,
        "answer_by": event.answer_by.isoformat(),
        **flags(for_long=event.horizon is Horizon.LONG),
        **({"choice": (event.choice or ChoiceReason.OTHER).value} if event.chosen_by else {}),
    }
    draft = about_referral(PARTNER_ACTIVATED, event.contact_id, event, facts)
    return replace(draft, at_once=event.urgency is Urgency.TODAY)


def ask_again(event: AcceptanceReverted | DeclineReverted, about: Iterable[Message]) -> list[MessageDraft]:
    """The question is open again: whoever answered before its mail left is asked by mail after all."""
    asked = [one for one in about if one.draft.mail is PARTNER_ACTIVATED]
    if not asked or any(one.may_have_arrived for one in asked):
        return []
    known = known_of(asked, *OF_THE_QUESTION, "for_long", "choice") | {"answer_by": event.answer_by.isoformat()}
    draft = about_referral(PARTNER_ACTIVATED, event.contact_id, event, known)
    return [replace(draft, at_once=known.get("how_soon") == Urgency.TODAY.value)]


def remind_partner(event: ResponseReminderDue, about: Iterable[Message]) -> list[MessageDraft]:
    """The partner's contact has not answered: it is reminded, and its deputy is asked as well."""
    known = known_of(about, *OF_THE_QUESTION, "for_long") | {"answer_by": event.answer_by.isoformat()}
    reminder = about_referral(PARTNER_ACTIVATED, event.contact_id, event, known | flags(reminder=True))
    if event.deputy_id is None or event.deputy_id == event.contact_id:
        return [reminder]
    return [reminder, about_referral(PARTNER_ACTIVATED, event.deputy_id, event, known | flags(deputy=True))]


def ask_anew(event: AnswerTermRenewed, about: Iterable[Message]) -> list[MessageDraft]:
    """The case stood still, and goes on: the partner reads until when it can answer now."""
    asked = [one for one in about if one.draft.mail is PARTNER_ACTIVATED]
    known = known_of(asked, *OF_THE_QUESTION, "for_long", "choice") | {"answer_by": event.answer_by.isoformat()}
    draft = about_referral(PARTNER_ACTIVATED, event.contact_id, event, known)
    return [replace(draft, at_once=known.get("how_soon") == Urgency.TODAY.value)]


def of_another_term(event: AnswerTermRenewed, about: Iterable[Message]) -> list[Message]:
    """What asks the partner, or its deputy, to answer by another moment."""
    asked = [one for one in about if one.draft.mail is PARTNER_ACTIVATED]
    return [one for one in asked if one.draft.facts["answer_by"] != event.answer_by.isoformat()]


def ask_to_begin(event: WaitlistDue, about: Iterable[Message]) -> list[MessageDraft]:
    """The day came from which the partner could help."""
    known = known_of(about, "need", "for_whom", "district")
    return [about_referral(WAITLIST_DUE, event.contact_id, event, known)]


def ask_to_stop(event: ReferralWithdrawn) -> list[MessageDraft]:
    """The contact of a partner that said yes stops; what it does for another need of the same family goes on.

    When the family stopped, with it or with everything, it is asked to delete instead.
    """
    if event.reason in OF_THE_FAMILY or not event.was_helping:
        return []
    facts = {"need": event.category, **flags(others_go_on=event.reason not in OF_THE_WHOLE_CASE)}
    return [about_referral(QUESTION_WITHDRAWN, event.contact_id, event, facts)]


def ask_to_delete(event: DeletionRequested, about: Iterable[Message]) -> list[MessageDraft]:
    """Whoever knows of the question deletes what was written down; whom no mail reached knows of nothing."""
    to_partner = [one for one in about if one.draft.mail.audience is Audience.PARTNER and one.may_have_arrived]
    told = [one.draft.recipient_id for one in to_partner]
    knows = bool(told) or event.was_helping or event.has_helped
    whole = event.reason is WithdrawReason.CASE_WITHDRAWN
    facts = {"need": event.category, **flags(helping=event.was_helping, helped=event.has_helped, whole=whole)}
    readers = dict.fromkeys([event.contact_id, *told] if knows else [])
    return [about_referral(STOP_AND_DELETE, who, event, facts) for who in readers]
