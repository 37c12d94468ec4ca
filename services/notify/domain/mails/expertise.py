"""To experts by experience who are asked for a gathering, and to the desk when nobody may be asked.

Community tells of the gathering at the moment of sending.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Form, Link, Mail
from shared.events.gathering_letters import GatheringOccasion
from shared.events.programme import ExpertAsked, ExpertMoved, ExpertReminderDue, ExpertRevoked, NoExpertFound
from shared.events.vocabulary import Audience

STARTS: Final = {"starts": Form.MOMENT}


def _mail(
    occasion: GatheringOccasion,
    title: str,
    *,
    link: Link = Link.EXPERT,
    facts: Mapping[str, Form] = MappingProxyType({}),
) -> Mail:
    # That somebody is asked says what they live through: it leaves as a mail of its own, and to nobody in their place.
    return Mail(
        occasion.value, title, Audience.ANYBODY, link=link, facts=facts,
        never_waits=True, of_gathering=True, only_for_reader=True,
    )  # fmt: skip


EXPERT_ASKED: Final = _mail(
    GatheringOccasion.EXPERT_ASKED, "Wil je meedoen met jouw ervaring?", facts={"answer_by": Form.MOMENT}
)
EXPERT_MOVED: Final = _mail(GatheringOccasion.EXPERT_MOVED, "De bijeenkomst waar je ja op zei is verplaatst")
EXPERT_REMINDER: Final = _mail(GatheringOccasion.EXPERT_REMINDER, "Binnenkort vertel jij")
EXPERT_CALLED_OFF: Final = _mail(
    GatheringOccasion.EXPERT_CALLED_OFF, "De bijeenkomst waar je voor gevraagd bent gaat niet door", link=Link.NOTHING
)
EXPERT_MISSING: Final = Mail(
    "expert-missing", "Er is geen ervaringsdeskundige meer om te vragen", Audience.COORDINATOR, link=Link.EXPERTS,
    facts=STARTS,
)  # fmt: skip


def ask_expert(event: ExpertAsked) -> MessageDraft:
    """Yes or no, on a page that says what they get for it; after its time the question is of no use."""
    facts = {"answer_by": event.answer_by.isoformat()}
    draft = about_directory(EXPERT_ASKED, event.person_id, event, event.subject, facts)
    return replace(draft, useless_after=event.answer_by)


def tell_expert_that_it_moved(event: ExpertMoved) -> MessageDraft:
    """Another time or place."""
    return about_directory(EXPERT_MOVED, event.person_id, event, event.subject, {})


def remind_expert(event: ExpertReminderDue) -> MessageDraft:
    """A week or a day to go."""
    return about_directory(EXPERT_REMINDER, event.person_id, event, event.subject, {})


def tell_expert_that_it_is_off(event: ExpertRevoked) -> MessageDraft:
    """Nothing to come to any more."""
    return about_directory(EXPERT_CALLED_OFF, event.person_id, event, event.subject, {})


def tell_that_expert_is_missing(event: NoExpertFound, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Nobody is left who may be asked now."""
    facts = {"starts": event.starts_at.isoformat()}
    return [about_directory(EXPERT_MISSING, one, event, event.subject, facts) for one in coordinators]
