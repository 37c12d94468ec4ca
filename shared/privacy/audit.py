"""The audit log: who read or changed what, about whom, from where and why; in a chain (`shared.privacy.audit_chain`).

A line holds codes and ids only, never a value: what stands in it can never be erased.

What a line says, by the names of NEN 7513 (and of the Logboek dataverwerkingen):

| here | NEN 7513 | Logboek dataverwerkingen |
|---|---|---|
| `at` | datum en tijd | start_time |
| `action` | gebeurteniscode, actiecode | name |
| `outcome` | resultaat | status |
| `actor.person_id`, `role`, `organisation_id` | gebruikers-ID, gebruikersrol, zorgaanbieder | dpl.core.user |
| `actor.in_place_of` | ID van verantwoordelijke gebruiker | |
| `actor.via`, `via_id` | toegangspunt: type en ID | resource |
| `about`, `about_id`, `case_id` | object: identificatortype en identificator | dpl.core.data_subject_id |
| `fields` | categorie van gegevens | |
| `purpose` | autorisatieprotocol | dpl.core.processing_activity_id |
| `reason` | noodprocedure, toestemmingsprofiel | |
| `trace_id` | | trace_id |
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID


class Action(StrEnum):
    """What was done, or tried."""

    READ = "read"
    WRITE = "write"
    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    ERASE = "erase"
    BREAK_GLASS = "break-glass"
    ADMINISTER = "administer"


class Outcome(StrEnum):
    """What became of it."""

    DONE = "done"
    REFUSED = "refused"


class Via(StrEnum):
    """The way in."""

    PAGE = "page"
    API = "api"  # `via_id`: the key's id
    LINK = "link"  # `via_id`: the mailed link's id, never its token
    COMMAND = "command"  # `via_id`: whose account on the machine, hashed
    JOB = "job"  # the service by itself: an event, a clock; `via_id`: the other service that asked


class About(StrEnum):
    """Whom or what a line is about."""

    CASE = "case"
    PERSON = "person"
    ORGANISATION = "organisation"
    REFERRAL = "referral"
    NEED = "need"
    MESSAGE = "message"
    NOBODY = "nobody"  # many at once, or nobody that is known


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as what, in whose place, and which way they came in."""

    person_id: UUID | None
    via: Via
    via_id: str | None = None
    role: str | None = None
    organisation_id: UUID | None = None
    in_place_of: UUID | None = None


ITSELF: Final = Actor(None, Via.JOB)
"""The service, which follows an event or a clock."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done or tried. Codes and ids only; never the value itself."""

    id: UUID
    at: datetime
    actor: Actor
    action: Action
    about: About
    about_id: UUID | None
    fields: tuple[str, ...]
    purpose: str
    reason: str | None = None
    outcome: Outcome = Outcome.DONE
    trace_id: str | None = None
    case_id: UUID | None = None
    """Of which case it is, when it is about something of one: a need, a referral, a mail."""


class Audit(Protocol):
    """The audit log: what is recorded here is written at commit, chained to the lines before."""

    @property
    def actor(self) -> Actor:
        """Whoever acts in this unit; at first the service itself."""

    def by(self, actor: Actor) -> None:
        """Whoever acts from here on."""

    def in_place_of(self, person_id: UUID | None) -> None:
        """Whom the actor stands in for from here on; None: they act for themselves."""

    def of_case(self, case_id: UUID | None) -> None:
        """Of which case everything is that this unit tells about something else than a case."""

    def record(
        self,
        action: Action,
        about: About,
        about_id: UUID | None,
        purpose: str,
        *,
        fields: Collection[str] = (),
        reason: str | None = None,
        outcome: Outcome = Outcome.DONE,
    ) -> None:
        """A line about this. Codes and ids only: what stands in it can never be erased."""

    def at_least(self, action: Action, about: About, about_id: UUID | None, purpose: str) -> None:
        """This line is written when the work tells nothing itself of whom it is about."""

    def refuse(self) -> None:
        """What was asked is not given, on a page that says so: that line is one of a refusal."""
