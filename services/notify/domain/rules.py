"""Who is told what, and when: pure decisions, one per event."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from services.notify.domain.message import Draft, Message, MessageState, Template
from services.notify.domain.outcome import Reason
from shared.events.base import Urgency
from shared.events.intake import RequestReceived
from shared.events.matching import (
    AcceptanceReverted,
    NoPartnerFound,
    PartnerAccepted,
    PartnerActivated,
    ReferralWithdrawn,
    SignInRequested,
    WithdrawReason,
)
from shared.events.monitoring import ChildOutOfSight, FollowUpDue, FollowUpReminderDue, ResponseReminderDue

HOW_SOON = (Urgency.TODAY, Urgency.SOON, Urgency.NORMAL)
OF_THE_WHOLE_CASE = frozenset({WithdrawReason.CASE_WITHDRAWN, WithdrawReason.CASE_CLOSED})


def is_silenced(draft: Draft, ended: Reason | None) -> bool:
    """Whether this is not said now. Who helps must hear that a case is over, unless all about it is erased."""
    return ended is Reason.CASE_ERASED or (ended is not None and draft.template is not Template.QUESTION_WITHDRAWN)


def tell_of_request(event: RequestReceived) -> Draft:
    """The ambassador knows that the request arrived, and what happens next."""
    urgency = min((need.urgency for need in event.needs), key=HOW_SOON.index, default=Urgency.NORMAL)
    return Draft(
        Template.REQUEST_RECEIVED,
        event.ambassador_id,
        occasion=f"request-received:{event.subject}",
        about_id=event.subject,
        case_id=event.subject,
        case_code=event.case_code,
        facts={"district": event.district, "urgency": urgency.value},
    )


def ask_partner(event: PartnerActivated) -> Draft:
    """The partner's contact is asked to help. No category: what the child needs is shown behind the link only."""
    return Draft(
        Template.PARTNER_ACTIVATED,
        event.contact_id,
        occasion=f"partner-activated:{event.referral_id}",
        about_id=event.referral_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts={"district": event.district, "urgency": event.urgency.value},
    )


def remind_partner(event: ResponseReminderDue, asked: Draft | None) -> Draft:
    """The partner's contact has not answered; district and urgency come from the first mail, when that is known."""
    return Draft(
        Template.PARTNER_ACTIVATED,
        event.contact_id,
        occasion=f"response-reminder-due:{event.referral_id}:{event.due_at.isoformat()}",
        about_id=event.referral_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts={**(asked.facts if asked else {}), "reminder": "yes"},
    )


def tell_of_acceptance(event: PartnerAccepted) -> Draft:
    """The ambassador knows that a partner helps, and when the first contact is."""
    return Draft(
        Template.PARTNER_ACCEPTED,
        event.ambassador_id,
        occasion=f"partner-accepted:{event.referral_id}:{event.occurred_at.isoformat()}",
        about_id=event.referral_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts={"firstContactOn": event.first_contact_on.isoformat()},
    )


def yeses(about: Iterable[Message]) -> list[Message]:
    """What tells the ambassador that this partner helps."""
    return [one for one in about if one.draft.template is Template.PARTNER_ACCEPTED]


def corrections(about: Iterable[Message]) -> list[Message]:
    """What tells the ambassador that this is not sure any more."""
    return [one for one in about if one.draft.template is Template.ACCEPTANCE_REVERTED]


def believed_yes(about: Sequence[Message]) -> Message | None:
    """The yes that the ambassador may have read last, unless its correction surely arrived; `about` is oldest first."""
    corrected = [about.index(one) for one in corrections(about) if one.state is MessageState.ACCEPTED]
    since = about[max(corrected, default=0) :]
    return next((one for one in reversed(yeses(since)) if one.may_have_arrived), None)


def correct_acceptance(event: AcceptanceReverted, yes: Draft) -> Draft:
    """The ambassador, who read that a partner helps, knows that this is not sure any more."""
    return Draft(
        Template.ACCEPTANCE_REVERTED,
        yes.recipient_id,
        occasion=f"acceptance-reverted:{event.referral_id}:{event.occurred_at.isoformat()}",
        about_id=event.referral_id,
        case_id=event.subject,
        case_code=yes.case_code,
    )


def ask_to_stop(event: ReferralWithdrawn) -> list[Draft]:
    """The contact of a partner that said yes stops; what it does for another need of the same family goes on."""
    if event.contact_id is None:
        return []
    return [
        Draft(
            Template.QUESTION_WITHDRAWN,
            event.contact_id,
            occasion=f"question-withdrawn:{event.referral_id}",
            about_id=event.referral_id,
            case_id=event.subject,
            case_code=event.case_code,
            facts={} if event.reason in OF_THE_WHOLE_CASE else {"othersGoOn": "yes"},
        )
    ]


def tell_that_nobody_was_found(event: NoPartnerFound, coordinators: Iterable[UUID]) -> list[Draft]:
    """The ambassador knows that it is not forgotten; every coordinator knows that it waits for a person."""

    def draft(person: UUID, audience: str) -> Draft:
        return Draft(
            Template.NOBODY_FOUND,
            person,
            occasion=f"no-partner-found:{event.need_id}:{event.occurred_at.isoformat()}",
            about_id=event.need_id,
            case_id=event.subject,
            case_code=event.case_code,
            facts={"district": event.district, "urgency": event.urgency.value, "audience": audience},
        )

    others = [person for person in coordinators if person != event.ambassador_id]
    return [draft(event.ambassador_id, "ambassador"), *(draft(person, "coordinator") for person in others)]


def ask_how_the_child_is(event: FollowUpDue | FollowUpReminderDue) -> Draft:
    """The ambassador is asked how the child is doing, or reminded of it."""
    reminder = isinstance(event, FollowUpReminderDue)
    occasion = "follow-up-reminder-due" if reminder else "follow-up-due"
    return Draft(
        Template.FOLLOW_UP,
        event.ambassador_id,
        occasion=f"{occasion}:{event.follow_up_id}",
        about_id=event.follow_up_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts={"number": str(event.number)} | ({"reminder": "yes"} if reminder else {}),
    )


def alarm_coordinators(event: ChildOutOfSight, coordinators: Iterable[UUID]) -> list[Draft]:
    """Every coordinator knows that nobody looks after this child now, and again each time that nobody acted on it."""
    again = event.occurred_at > event.since
    return [
        Draft(
            Template.OUT_OF_SIGHT,
            person,
            occasion=f"child-out-of-sight:{event.subject}:{event.occurred_at.isoformat()}",
            about_id=event.subject,
            case_id=event.subject,
            case_code=event.case_code,
            facts={"since": event.since.isoformat()} | ({"reminder": "yes"} if again else {}),
        )
        for person in coordinators
    ]


def send_sign_in_code(event: SignInRequested) -> Draft:
    """The person gets a code, which is of no use after its time."""
    return Draft(
        Template.SIGN_IN_CODE,
        event.subject,
        occasion=f"sign-in-requested:{event.sign_in_id}",
        about_id=event.sign_in_id,
        facts={"expiresAt": event.expires_at.isoformat()},
        useless_after=event.expires_at,
    )
