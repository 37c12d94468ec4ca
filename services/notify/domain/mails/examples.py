"""About examples for the table: a colleague reads each, and whoever wrote it hears when it must be told otherwise."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Link, Mail
from shared.events.programme import ExampleReturned, ExampleSubmitted
from shared.events.vocabulary import Audience

EXAMPLE_WAITING: Final = Mail("example-waiting", "Lees jij een voorbeeld na?", Audience.COORDINATOR, link=Link.EXAMPLE)
EXAMPLE_RETURNED: Final = Mail(
    "example-returned", "Je collega las je voorbeeld", Audience.COORDINATOR, link=Link.EXAMPLE
)


def ask_colleague_to_read(event: ExampleSubmitted, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Any of them but whoever wrote it."""
    return [
        about_directory(EXAMPLE_WAITING, one, event, event.subject, {})
        for one in coordinators
        if one != event.person_id
    ]


def tell_that_example_returned(event: ExampleReturned) -> MessageDraft:
    """Why stands on its page."""
    return about_directory(EXAMPLE_RETURNED, event.person_id, event, event.subject, {})
