"""About questions to colleagues: to who is asked, to whoever asks, and to the desk when nobody answers.

What is asked, community tells at the moment of sending. The two mails to who is asked may be answered by mail: what
such a reply is about is the ask (`about_id`).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Form, Link, Mail
from shared.events.sparring import (
    SparringAnswerPlaced,
    SparringArticleAsked,
    SparringColleagueAsked,
    SparringHelpAsked,
    SparringReminderDue,
    SparringUnanswered,
)
from shared.events.vocabulary import Audience

SPARRING_ASKED: Final = Mail(
    "sparring-asked", "Een collega vraagt je iets", Audience.ANYBODY, link=Link.SPARRING_ANSWER,
    facts={"who": Form.PERSON}, may_lack=frozenset({"who"}), only_for_reader=True,
)  # fmt: skip
SPARRING_REMINDER: Final = Mail(
    "sparring-reminder", "Een collega wacht nog op een antwoord", Audience.ANYBODY, link=Link.SPARRING_ANSWER,
    only_for_reader=True,
)  # fmt: skip
SPARRING_ANSWERED: Final = Mail(
    "sparring-answered", "Er is een antwoord op je vraag", Audience.ANYBODY, link=Link.SPARRING, only_for_reader=True
)
SPARRING_HELPED: Final = Mail(
    "sparring-helped", "Hielp het antwoord?", Audience.ANYBODY, link=Link.SPARRING, only_for_reader=True
)
SPARRING_ARTICLE: Final = Mail(
    "sparring-article", "Mag je antwoord in de kennisbank?", Audience.ANYBODY, link=Link.SPARRING_ARTICLE,
    only_for_reader=True,
)  # fmt: skip
SPARRING_UNANSWERED: Final = Mail(
    "sparring-unanswered", "Niemand antwoordt op een vraag", Audience.COORDINATOR, link=Link.SPARRING
)


def ask_colleague(event: SparringColleagueAsked) -> MessageDraft:
    """Who asks stands in it, unless only the desk may know."""
    facts = {"who": str(event.asked_by)} if event.asked_by else {}
    return _to_asked(SPARRING_ASKED, event, facts)


def remind_colleague(event: SparringReminderDue) -> MessageDraft:
    """Once."""
    return _to_asked(SPARRING_REMINDER, event, {})


def tell_of_answer(event: SparringAnswerPlaced) -> MessageDraft:
    """It stands on the page."""
    return about_directory(SPARRING_ANSWERED, event.person_id, event, event.subject, {})


def ask_whether_it_helped(event: SparringHelpAsked) -> MessageDraft:
    """Once."""
    return about_directory(SPARRING_HELPED, event.person_id, event, event.subject, {})


def ask_for_article(event: SparringArticleAsked) -> MessageDraft:
    """Whoever asked agrees already."""
    return about_directory(SPARRING_ARTICLE, event.person_id, event, event.answer_id, {})


def tell_desk_that_nobody_answers(event: SparringUnanswered, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Somebody looks who could know."""
    return [about_directory(SPARRING_UNANSWERED, one, event, event.subject, {}) for one in coordinators]


def _to_asked(mail: Mail, event: SparringColleagueAsked | SparringReminderDue, facts: dict[str, str]) -> MessageDraft:
    draft = about_directory(mail, event.person_id, event, event.subject, facts)
    return replace(draft, replies_about=event.subject)
