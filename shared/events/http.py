"""The questions that are asked over HTTP, at the moment of sending: for an address, and for a follow-up's link; and
for the names of professionals, at the moment that a page shows them (`POST /internal/people` of matching).

They are answered by `POST /internal/deliveries` of matching and `POST /internal/follow-up-links` of monitoring. What is
in an answer goes into one mail and is kept nowhere: not in an event, not in a queue, not in a log.

One thing is handed over: what an ambassador adds in words to a follow-up goes to `POST /internal/follow-up-words` of
intake, which seals it in the vault; monitoring keeps none of it.
"""

from datetime import date
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from shared.events.base import Role

DELIVERIES: Final = "/internal/deliveries"
PEOPLE: Final = "/internal/people"
FOLLOW_UP_LINKS: Final = "/internal/follow-up-links"
FOLLOW_UP_WORDS: Final = "/internal/follow-up-words"
ASKS: Final = frozenset({
    ("community", "intake"),
    ("community", "matching"),
    ("community", "notify"),
    ("intake", "matching"),
    ("monitoring", "intake"),
    ("monitoring", "matching"),
    ("notify", "community"),
    ("notify", "matching"),
    ("notify", "monitoring"),
})  # fmt: skip
"""Which service asks which other one: each of these pairs has a key of its own, and no other pair has any."""
MOST_FOLLOW_UP_WORDS: Final = 1000
# Mails leave in bunches.
MOST_QUESTIONS: Final = 100
# A digest names whom to call for each of its points.
MOST_MENTIONS: Final = 100


class Question(BaseModel):
    """Strict: a field that the answering service does not know is refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


class Answer(BaseModel):
    """Lenient: a newer release may answer more."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore", frozen=True)


class ReferralLink(StrEnum):
    """What a link to a referral opens, without a sign-in.

    `answer`: the partner says yes or no. `help`: the partner that said yes tells how the help goes. `family`: the
    ambassador tells whether they met, whether it helped, and whether somebody else may be asked. `deletion`: the
    partner with which the family stopped says that it deleted what it wrote down.
    """

    ANSWER = "answer"
    HELP = "help"
    FAMILY = "family"
    DELETION = "deletion"


class DirectoryLink(StrEnum):
    """What a link to the directory opens, without a sign-in. The mail is about what stands in brackets.

    `application`: confirm the address of a request to join (that request). `entry`: look at the organisation's own
    entry, confirm it or propose a change (the organisation).
    """

    APPLICATION = "application"
    ENTRY = "entry"


class DeliveryQuestion(Question):
    """Where does a mail to this person go? With `referral_id` also: by which `link`; with `directory_id`: by which
    `directory_link`; with `sign_in_id`: with which code. `mentions` are the people whom the mail names with their
    number: whom to call. Who asked to join, and whoever is contact of one question, can be written to as well.
    `only_for_reader`: to nobody in their place.
    """

    recipient_id: UUID
    referral_id: UUID | None = None
    link: ReferralLink = ReferralLink.ANSWER
    directory_id: UUID | None = None
    directory_link: DirectoryLink = DirectoryLink.ENTRY
    sign_in_id: UUID | None = None
    only_for_reader: bool = False
    mentions: tuple[UUID, ...] = Field(default=(), max_length=MOST_MENTIONS)


class DeliveryQuestions(Question):
    """Several at once."""

    questions: list[DeliveryQuestion] = Field(min_length=1, max_length=MOST_QUESTIONS)


class Mentioned(Answer):
    """A professional whom a mail names: who, of which organisation, with which number."""

    person_id: UUID
    name: str
    organisation: str | None = None
    phone: str | None = None


class DeliveryAnswer(Answer):
    """`nobody`: this person can get no mail; `no-longer-needed`: what the mail is about is over. Else address and name
    are there, and the link with its short code or the code where they were asked for.
    """

    state: Literal["deliver", "nobody", "no-longer-needed"]
    address: str | None = None
    name: str | None = None
    link: str | None = None
    short_code: str | None = None
    code: str | None = None
    stands_in_for: str | None = None
    """The name of whom it was for, who is away: this is the deputy's address."""
    stands_in_until: date | None = None
    """The last day on which whom it was for is away, when it is known."""
    mentioned: tuple[Mentioned, ...] = ()


class DeliveryAnswers(Answer):
    """One for each question, in their order."""

    answers: list[DeliveryAnswer]


class PeopleQuestion(Question):
    """Who are these people; or who has this `role` at this organisation; or whose is this address. One of the three."""

    person_ids: tuple[UUID, ...] = Field(default=(), max_length=MOST_MENTIONS)
    organisation_id: UUID | None = None
    role: Role | None = None
    address: str | None = Field(default=None, max_length=320, repr=False)


class KnownPerson(Answer):
    """A professional as a page shows them to the desk and to colleagues; `organisations` by their names."""

    person_id: UUID
    name: str
    phone: str | None = None
    organisations: tuple[str, ...] = ()
    away_until: date | None = None
    is_member: bool = True


class PeopleAnswer(Answer):
    """Those that were found, in the order of the question, else by name."""

    people: tuple[KnownPerson, ...]


class FollowUpLinkQuestion(Question):
    """By which link does this person answer this follow-up? 404, 409 or 410: it is not to be asked (any more)."""

    follow_up_id: UUID
    recipient_id: UUID


class FollowUpLinkAnswer(Answer):
    """A fresh link, and the short code for those who do not follow links in mails."""

    link: str
    short_code: str


class FollowUpWords(Question):
    """What was added in words to the answer to a follow-up: sealed in the vault of its case. 204 when it is kept."""

    case_id: UUID
    follow_up_id: UUID
    written_by: UUID
    words: str = Field(min_length=1, max_length=MOST_FOLLOW_UP_WORDS, repr=False)
