"""To the ambassador, and who reads along at the school: how the child is doing."""

from dataclasses import replace
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import district_of, flags
from services.notify.domain.mail import Form, Link, Mail
from shared.events.monitoring import FollowUpDue, FollowUpQuestionFact, FollowUpReminderDue
from shared.events.vocabulary import Audience

FOLLOW_UP: Final = Mail(
    "follow-up",
    "Hoe gaat het nu?",
    Audience.AMBASSADOR,
    link=Link.FOLLOW_UP,
    facts={
        "needs": Form.NEEDS, "district": Form.DISTRICT, "requested_in": Form.MONTH, "reminder": Form.FLAG,
        "reads_along": Form.FLAG,
    },
    may_lack=frozenset({"district"}),
    rests=True,
)  # fmt: skip


def ask_how_the_child_is(event: FollowUpDue) -> list[MessageDraft]:
    """Ambassador and second reader are asked how the child is doing; the first answer takes the other question back.

    Whoever is the ambassador again is asked again; the second reader of an ambassador who changes is asked once.
    """
    drafts, asked_at = _drafts(event, "follow-up-due", reminder=False), event.occurred_at.isoformat()
    return [
        replace(one, occasion=f"{one.occasion}:{asked_at}") if one.recipient_id == event.ambassador_id else one
        for one in drafts
    ]


def remind_how_the_child_is(event: FollowUpReminderDue) -> list[MessageDraft]:
    """Nobody said how the child is doing: both are asked again; and once more after a rest, with the same number."""
    return _drafts(event, f"follow-up-reminder-due:{event.occurred_at.isoformat()}", reminder=True)


def _drafts(event: FollowUpQuestionFact, occasion: str, *, reminder: bool) -> list[MessageDraft]:
    facts = {"needs": ",".join(event.categories), "requested_in": event.requested_on.isoformat()}
    facts |= district_of(event)
    readers = dict.fromkeys(one for one in (event.ambassador_id, event.second_reader_id) if one is not None)
    return [
        MessageDraft(
            FOLLOW_UP,
            reader,
            occasion=f"{occasion}:{event.follow_up_id}",
            about_id=event.follow_up_id,
            case_id=event.subject,
            case_code=event.case_code,
            facts=facts | flags(reminder=reminder, reads_along=reader != event.ambassador_id),
        )
        for reader in readers
    ]
