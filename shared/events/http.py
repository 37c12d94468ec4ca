"""The two questions that are asked over HTTP, at the moment of sending: for an address, and for a follow-up's link.

They are answered by `POST /internal/deliveries` of matching and `POST /internal/follow-up-links` of monitoring. What is
in an answer goes into one mail and is kept nowhere: not in an event, not in a queue, not in a log.
"""

from typing import Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

DELIVERIES: Final = "/internal/deliveries"
FOLLOW_UP_LINKS: Final = "/internal/follow-up-links"
# Mails leave in bunches.
MOST_QUESTIONS: Final = 100


class _Question(BaseModel):
    """Strict: a field that the answering service does not know is refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


class _Answer(BaseModel):
    """Lenient: a newer release may answer more."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore", frozen=True)


class DeliveryQuestion(_Question):
    """Where does a mail to this person go? With `referral_id` also: by which link does a partner answer it; with
    `sign_in_id`: with which code.
    """

    recipient_id: UUID
    referral_id: UUID | None = None
    sign_in_id: UUID | None = None


class DeliveryQuestions(_Question):
    """Several at once."""

    questions: list[DeliveryQuestion] = Field(min_length=1, max_length=MOST_QUESTIONS)


class DeliveryAnswer(_Answer):
    """`nobody`: this person can get no mail; `no-longer-needed`: what the mail is about is over. Else address and name
    are there, and the link with its short code or the code where they were asked for.
    """

    state: Literal["deliver", "nobody", "no-longer-needed"]
    address: str | None = None
    name: str | None = None
    link: str | None = None
    short_code: str | None = None
    code: str | None = None


class DeliveryAnswers(_Answer):
    """One for each question, in their order."""

    answers: list[DeliveryAnswer]


class FollowUpLinkQuestion(_Question):
    """By which link does this person answer this follow-up? 404, 409 or 410: it is not to be asked (any more)."""

    follow_up_id: UUID
    recipient_id: UUID


class FollowUpLinkAnswer(_Answer):
    """A fresh link, and the short code for those who do not follow links in mails."""

    link: str
    short_code: str
