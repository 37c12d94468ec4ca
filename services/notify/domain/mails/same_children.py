"""To the ambassador: somebody else may be helping the same child, and what the two families decided."""

from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_case, flags
from services.notify.domain.mail import Form as Told
from services.notify.domain.mail import Link, Mail
from shared.events.same_child import PlansJoined, PlansParted, SameChildDismissed, SameChildSuspected
from shared.events.vocabulary import Audience

# It tells nothing of the other request: the same words go to both.
SAME_CHILD: Final = Mail(
    "same-child", "Misschien helpt een collega hetzelfde kind", Audience.AMBASSADOR, link=Link.CASE, rests=True
)
PLANS_JOINED: Final = Mail("plans-joined", "Jullie gaan samen verder", Audience.AMBASSADOR, link=Link.CASE)
SAME_CHILD_APART: Final = Mail(
    "same-child-apart", "De aanvragen blijven apart", Audience.AMBASSADOR, link=Link.CASE, facts={"undone": Told.FLAG}
)


def ask_the_family(event: SameChildSuspected) -> MessageDraft:
    """The ambassador knows what to ask, and whom not to tell."""
    return about_case(SAME_CHILD, event.ambassador_id, event, event.case_code, {})


def tell_that_joined(event: PlansJoined) -> MessageDraft:
    """Both know that both families said yes."""
    return about_case(PLANS_JOINED, event.ambassador_id, event, event.case_code, {})


def tell_that_apart(event: SameChildDismissed) -> list[MessageDraft]:
    """Only whoever waits for the other side is told: who said no knows it, and who did not answer is asked no more."""
    if not event.awaited:
        return []
    return [about_case(SAME_CHILD_APART, event.ambassador_id, event, event.case_code, flags(undone=False))]


def tell_that_parted(event: PlansParted) -> MessageDraft:
    """Both know that they go on alone."""
    return about_case(SAME_CHILD_APART, event.ambassador_id, event, event.case_code, flags(undone=True))
