"""To the ambassador, who is asked how the child is doing."""

from typing import Final

from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.message import MessageDraft
from shared.events.monitoring import FollowUpDue, FollowUpReminderDue
from shared.events.vocabulary import Audience

FOLLOW_UP: Final = Mail(
    "follow-up", "Hoe gaat het nu?", Audience.AMBASSADOR, link=Link.FOLLOW_UP, facts={"reminder": Form.FLAG}
)


def ask_how_the_child_is(event: FollowUpDue) -> MessageDraft:
    """The ambassador is asked how the child is doing."""
    return _draft(event, "follow-up-due", {})


def remind_how_the_child_is(event: FollowUpReminderDue) -> MessageDraft:
    """The ambassador, who has not said how the child is doing, is asked again."""
    return _draft(event, "follow-up-reminder-due", {"reminder": "yes"})


def _draft(event: FollowUpDue | FollowUpReminderDue, occasion: str, facts: dict[str, str]) -> MessageDraft:
    return MessageDraft(
        FOLLOW_UP,
        event.ambassador_id,
        occasion=f"{occasion}:{event.follow_up_id}",
        about_id=event.follow_up_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts=facts,
    )
