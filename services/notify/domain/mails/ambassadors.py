"""To ambassadors: another one is a family's first contact from now on; and what several of their cases wait for."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_case, flags, known_of
from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.message import Message
from shared.events.intake import AmbassadorReplaced
from shared.events.monitoring import AmbassadorReminded
from shared.events.vocabulary import Audience

AMBASSADOR_REPLACED: Final = Mail(
    "ambassador-replaced",
    "Jij bent nu contactpersoon van een gezin",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"needs": Form.NEEDS, "previous": Form.PERSON, "family_knows": Form.FLAG, "over_limit": Form.OVER_LIMIT},
    # What was asked for is in earlier mails, which may be forgotten; the page of the case has it.
    may_lack=frozenset({"needs", "over_limit"}),
    never_waits=True,
)
AMBASSADOR_RELIEVED: Final = Mail(
    "ambassador-relieved",
    "Iemand anders is nu contactpersoon",
    Audience.AMBASSADOR,
    facts={"next": Form.PERSON, "family_knows": Form.FLAG},
    never_waits=True,
)
AMBASSADOR_REMINDED: Final = Mail(
    "ambassador-reminded",
    "Aanvragen wachten op je antwoord",
    Audience.AMBASSADOR,
    link=Link.CASES,
    facts={"codes": Form.CODES, "asked": Form.REMINDED},
    rests=True,
    adds_up=True,
)


def hand_over_family(event: AmbassadorReplaced, told_before: Iterable[Message]) -> list[MessageDraft]:
    """The new one knows what runs and whom to call; the one before is asked to tell the family, unless it knows."""
    knows = flags(family_knows=event.told_on is not None)
    why = {"over_limit": event.over_limit.value} if event.over_limit else {}
    new = known_of(told_before, "needs") | {"previous": str(event.previous_id)} | knows | why
    old = {"next": str(event.ambassador_id)} | knows
    return [
        about_case(AMBASSADOR_REPLACED, event.ambassador_id, event, event.case_code, new),
        about_case(AMBASSADOR_RELIEVED, event.previous_id, event, event.case_code, old),
    ]


def remind_of(event: AmbassadorReminded, case_codes: Iterable[str]) -> MessageDraft:
    """One mail about all of these."""
    return MessageDraft(
        AMBASSADOR_REMINDED,
        event.subject,
        occasion=f"ambassador-reminded:{event.subject}:{event.occurred_at.isoformat()}",
        about_id=event.subject,
        facts={"codes": ",".join(dict.fromkeys(case_codes)), "asked": event.reason.value},
    )


def codes_of(reminder: MessageDraft) -> list[str]:
    """The numbers of the cases that it names."""
    return reminder.facts["codes"].split(",")


def without(reminder: MessageDraft, case_code: str) -> MessageDraft | None:
    """The same about the other cases; None when there are none."""
    others = [one for one in codes_of(reminder) if one != case_code]
    # The occasion tells them apart, and names no case that may be erased.
    occasion = f"{reminder.occasion}:{len(others)}"
    return _about(reminder, others, occasion) if others else None


def about_one(reminder: MessageDraft, case_code: str) -> MessageDraft:
    """The same about this case alone, for whoever takes it over."""
    return _about(reminder, [case_code], reminder.occasion)


def _about(reminder: MessageDraft, case_codes: Iterable[str], occasion: str) -> MessageDraft:
    return replace(reminder, occasion=occasion, facts={**reminder.facts, "codes": ",".join(case_codes)})
