"""About topics that somebody proposes for a gathering, to the desk and back; and about the vision that people sign."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Link, Mail
from shared.events.programme import TopicDeclined, TopicPlanned, TopicProposed, VisionRenewed
from shared.events.vocabulary import Audience

TOPIC_PROPOSED: Final = Mail("topic-proposed", "Iemand stelt een onderwerp voor", Audience.COORDINATOR, link=Link.TOPIC)
TOPIC_PLANNED: Final = Mail(
    "topic-planned", "Je onderwerp komt op het programma", Audience.ANYBODY, link=Link.GATHERING
)
TOPIC_DECLINED: Final = Mail(
    "topic-declined", "Je onderwerp komt nu niet op het programma", Audience.ANYBODY, link=Link.TOPICS
)

VISION_RENEWED: Final = Mail(
    "vision-renewed", "Er is een nieuwe versie van onze visie", Audience.ANYBODY, link=Link.VISION
)


def ask_to_sign_again(event: VisionRenewed) -> MessageDraft:
    """What somebody signed has a newer version."""
    return about_directory(VISION_RENEWED, event.person_id, event, event.subject, {})


def tell_desk_of_topic(event: TopicProposed, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Somebody decides."""
    return [about_directory(TOPIC_PROPOSED, one, event, event.subject, {}) for one in coordinators]


def tell_that_topic_is_planned(event: TopicPlanned) -> MessageDraft:
    """For which gathering."""
    return about_directory(TOPIC_PLANNED, event.person_id, event, event.gathering_id, {})


def tell_that_topic_is_declined(event: TopicDeclined) -> MessageDraft:
    """Why stands on the site."""
    return about_directory(TOPIC_DECLINED, event.person_id, event, event.subject, {})
