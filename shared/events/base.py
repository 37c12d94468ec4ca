"""What every event is: a past-tense fact about one subject, and the envelope it travels in.

An event carries identities and codes, never people: no name, address, e-mail, phone number or free text
of a person has a type here. `tests/contracts/test_privacy_of_events.py` walks every field of every event.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Final, NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

# Without look-alikes (no 0 O 1 I L 5 S 2 Z 8 B).
CODE_LETTERS: Final = "ACDEFGHJKMNPQRTUVWXY34679"
# Four letters and digits, a hyphen, four more.
CaseCode = Annotated[str, StringConstraints(pattern=rf"^[{CODE_LETTERS}]{{4}}-[{CODE_LETTERS}]{{4}}$")]
# Codes from our own lists: need categories, districts, services' taxonomy. Never text that a person typed.
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
# A language, with a country at most: "nl", "ar", "zgh", "pt-BR". Too short for anything that a person types.
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
# The public name of an organisation or a service on the social map, as everyone can read it there.
PublicName = Annotated[str, StringConstraints(min_length=1, max_length=160)]


class Frozen(BaseModel):
    """An immutable value inside an event; camelCase on the wire, unknown fields are ignored (newer writers)."""

    model_config = ConfigDict(
        frozen=True, alias_generator=to_camel, populate_by_name=True, extra="ignore", ser_json_timedelta="iso8601"
    )


class Event(Frozen):
    """A fact about `subject` (a case, organisation, person or message id) that happened at `occurred_at` (UTC).

    Its identity and its place in the subject's history are given by the outbox, under the lock that decides
    the order; they stand in the `Envelope`, not here.
    """

    version: ClassVar[int] = 1
    # Whether everything about the subject is deleted: nothing of it comes after this, and what was before may be gone.
    is_tombstone: ClassVar[bool] = False
    # Whether it tells all that there is to know of the subject: whoever missed what was before does not need it.
    is_whole: ClassVar[bool] = False

    subject: UUID
    occurred_at: AwareDatetime

    @property
    def about(self) -> UUID:
        """The case that it is about, or else its subject."""
        case_id: UUID | None = getattr(self, "case_id", None)
        return case_id or self.subject


class Cause(NamedTuple):
    """What an effect follows from: carried on by the events, timers and messages that come of it.

    `correlation_id`: the first event of the chain; absent where a person or the clock begins one. `causation_id`: the
    event that led here. `traceparent`: the trace (W3C) and the span in it.
    """

    correlation_id: UUID | None
    causation_id: UUID | None
    traceparent: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event on its way (CloudEvents 1.0, NL GOV profile).

    `id` is a UUIDv7. `sequence` is the subject's version *within the service that speaks*: 1, 2, 3, … without gaps.
    `causation_id` is the id of the event that caused this one; `correlation_id` that of the first in the chain.
    """

    id: UUID
    sequence: int
    service: str
    event: Event
    correlation_id: UUID
    causation_id: UUID | None = None
    traceparent: str | None = None

    @property
    def subject(self) -> UUID:
        """The case, organisation, person or message this is about; the key on the bus."""
        return self.event.subject


class Urgency(StrEnum):
    """How soon help is needed. `today` never waits for the inventory; `soon` is within days."""

    TODAY = "today"
    SOON = "soon"
    NORMAL = "normal"


class Horizon(StrEnum):
    """Whether the need is for now or for the long run ("op korte en lange termijn")."""

    SHORT = "short"
    LONG = "long"


class Beneficiary(StrEnum):
    """For whom the need is (help for the parents does not reach every child)."""

    CHILD = "child"
    SIBLING = "sibling"
    PARENT = "parent"
    HOUSEHOLD = "household"


class AgeBand(StrEnum):
    """The child's age, coarse enough to tell nobody who it is."""

    BABY = "0-3"
    YOUNG_CHILD = "4-7"
    CHILD = "8-11"
    TEENAGER = "12-15"
    YOUNG_PERSON = "16-17"


class ConsentGiver(StrEnum):
    """Who consented (WGBO and Jeugdwet: guardian under 12, both from 12 to 15, the young person from 16)."""

    GUARDIAN = "guardian"
    GUARDIAN_AND_CHILD = "guardian-and-child"
    YOUNG_PERSON = "young-person"


class Role(StrEnum):
    """What a person may do.

    A trusted person passes questions on to an ambassador; a member belongs to the network and sees no case. A safety
    officer is whom colleagues go to when they worry about a child's safety, and lets a case go on that stood still.
    """

    AMBASSADOR = "ambassador"
    PARTNER = "partner"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"
    TRUSTED_PERSON = "trusted-person"
    MEMBER = "member"
    SAFETY_OFFICER = "safety-officer"


class Need(Frozen):
    """One thing that a child or household needs; the words of the family stay in intake's vault."""

    need_id: UUID
    category: Code
    urgency: Urgency
    horizon: Horizon = Horizon.SHORT
    beneficiary: Beneficiary = Beneficiary.CHILD
    depends_on: tuple[UUID, ...] = ()


Instant = AwareDatetime
Day = date
Count = Annotated[int, Field(ge=0, le=1_000_000)]
__all__ = [
    "CODE_LETTERS", "AgeBand", "Beneficiary", "CaseCode", "Cause", "Code", "ConsentGiver", "Count", "Day", "Envelope",
    "Event", "Frozen", "Horizon", "Instant", "LanguageTag", "Need", "PublicName", "Role", "Urgency", "datetime",
]  # fmt: skip
