"""How much somebody has in hand, who asks how it goes, and thanks. No mail of these is about a family."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Link, Mail
from shared.events.care import CheckInAsked, LoadLimitNeared, LoadLimitReached, PersonThanked
from shared.events.vocabulary import Audience

LOAD_NEAR: Final = Mail("load-near", "Je hebt al veel te doen", Audience.ANYBODY, link=Link.LOAD)
LOAD_REACHED: Final = Mail("load-reached", "We vragen je nu even niets nieuws", Audience.ANYBODY, link=Link.LOAD)
CHECK_IN: Final = Mail("check-in", "Vraag eens hoe het gaat", Audience.ANYBODY, link=Link.LOAD)
CHECK_IN_DESK: Final = Mail("check-in-desk", "Vraag iemand eens hoe het gaat", Audience.COORDINATOR, link=Link.LOAD)
THANKED: Final = Mail("thanked", "Iemand bedankt je", Audience.ANYBODY, link=Link.THANKS)


def say_that_it_is_much(event: LoadLimitNeared) -> MessageDraft:
    """A kind word, before it is too much."""
    return _draft(LOAD_NEAR, event.subject, event)


def say_that_nothing_new_comes(event: LoadLimitReached) -> MessageDraft:
    """Nobody asks anything new for now."""
    return _draft(LOAD_REACHED, event.subject, event)


def ask_to_check_in(event: CheckInAsked, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Whoever stands in for that person, else the desk; never that person."""
    if event.asked_id is not None:
        return [_draft(CHECK_IN, event.asked_id, event)]
    return [_draft(CHECK_IN_DESK, one, event) for one in coordinators if one != event.subject]


def pass_thanks_on(event: PersonThanked) -> MessageDraft:
    """For what, and by whom, stands on their page."""
    return _draft(THANKED, event.subject, event)


def _draft(
    mail: Mail, reader: UUID, event: LoadLimitNeared | LoadLimitReached | CheckInAsked | PersonThanked
) -> MessageDraft:
    return about_directory(mail, reader, event, event.subject, {})
