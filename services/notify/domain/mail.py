"""What a mail is: one declaration, which holds everything that differs between mails apart from their words.

A declaration stands in `domain/mails/`, beside the rule that drafts the mail; its words are the three files of
`templates/<template>/`: `subject.txt`, `body.txt` and `body.html`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Final

from services.notify.domain.outcome import Reason
from shared.events.vocabulary import Audience

WHATEVER_THE_REASON: Final = frozenset(Reason)


class Link(StrEnum):
    """What the reader opens from the mail: a page behind a log-in, or what another service makes for this one mail."""

    NOTHING = auto()
    CASE = auto()  # the ambassador's page of the case
    BOARD = auto()  # the coordinators' page of the case
    ANSWER = auto()  # where the partner answers, without a log-in; matching makes it
    FOLLOW_UP = auto()  # where the ambassador says how the child is, without a log-in; monitoring makes it
    SIGN_IN_CODE = auto()  # no link: a code to type; matching makes it

    @property
    def is_made_when_sent(self) -> bool:
        """Whether another service makes it at the moment of sending; it refuses when the mail is about what is over."""
        return self in {Link.ANSWER, Link.FOLLOW_UP, Link.SIGN_IN_CODE}


class Form(StrEnum):
    """How a fact of a message, which is a code or a moment, is written in its mail."""

    FLAG = auto()  # true when the message has this fact
    DISTRICT = auto()
    HOW_SOON = auto()
    DAY = auto()  # of a day, or of a moment in the city
    TIME = auto()  # hours and minutes in the city


@dataclass(frozen=True, slots=True, eq=False)
class Mail:
    """One mail: `Mail("partner-activated", "Kun je helpen?", Audience.PARTNER, link=Link.ANSWER, facts={…})`.

    `template` is its code, in events too, and the name of its folder. `title` is what pages call it. `stale_when` holds
    the reasons for which a message is taken back before it leaves. `facts` are the words that its files use beside
    those of every mail and of its link; a message brings each of them but flags and what it `may_lack`.
    """

    template: str
    title: str
    audience: Audience
    link: Link = Link.NOTHING
    stale_when: frozenset[Reason] = WHATEVER_THE_REASON
    facts: Mapping[str, Form] = field(default_factory=dict)
    may_lack: frozenset[str] = frozenset()
    # Somebody waits for it at this moment: it is sent before every other mail.
    goes_first: bool = False
    # False: a newer release declared it, and that release writes it.
    is_known: bool = True


OF_ANOTHER_RELEASE: Final = Mail(
    "of-another-release", "Mail van een andere versie van Schakel", Audience.ANYBODY, is_known=False
)
