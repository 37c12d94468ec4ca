"""What matching publishes of the network: organisations, what they offer, and the people in it.

The subject is the organisation, the service or the person; of a request to join it is that request.
"""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.events.base import Code, Count, Day, Event, Frozen, LanguageTag, PublicName, Role
from shared.events.desk_codes import ApplicationRefusal


class OrganisationListed(Event):
    """An organisation is known to the network, or its entry changed."""

    is_whole: ClassVar[bool] = True

    name: PublicName
    kind: Code | None = None
    active: bool = True


class ServiceListed(Event):
    """A service is on the social map, or its entry changed."""

    is_whole: ClassVar[bool] = True

    organisation_id: UUID
    name: PublicName
    categories: tuple[Code, ...]
    districts: tuple[Code, ...]
    languages: tuple[LanguageTag, ...] = ()
    active: bool = True


class Membership(Frozen):
    """What somebody may do for one organisation. `leads`: they may say who their colleagues are."""

    organisation_id: UUID
    role: Role
    leads: bool = False


class PersonListed(Event):
    """A person is in the network, or what they may do changed; who it is, only matching knows.

    Without memberships nothing opens: that is who left, or is only the contact of one question. When `epoch` rises,
    every session of before it is over. While somebody is away, until and with `away_until`, their deputy stands in.
    """

    is_whole: ClassVar[bool] = True

    memberships: tuple[Membership, ...]
    active: bool = True
    epoch: Count = 0
    deputy_id: UUID | None = None
    away_from: Day | None = None
    away_until: Day | None = None


class ContactNamed(Event):
    """Somebody was named through a link as contact of one question (the subject is that contact): not a member.

    `told` are the colleagues who hear of it, and of whom one that leads may say that it is right.
    """

    organisation_id: UUID
    referral_id: UUID
    named_by: UUID
    told: tuple[UUID, ...]


class PersonLeavingBlocked(Event):
    """The day came on which this person leaves, and families or questions still hang on them."""

    leaves_on: Day
    cases: Count
    questions: Count


class ApplicationStarted(Event):
    """Somebody wants to join, and must first show that the address is theirs (the subject is the request to join)."""


class OrganisationApplied(Event):
    """A request to join is complete: the desk looks at it. A private person applies as an organisation of one."""

    kind: Code | None = None
    categories: tuple[Code, ...] = ()


class OrganisationAccepted(Event):
    """The desk said yes: the organisation (the subject) and its first person are in the network."""

    application_id: UUID
    person_id: UUID
    accepted_by: UUID


class ApplicationRefused(Event):
    """The desk said no to a request to join, with a reason."""

    reason: ApplicationRefusal
    refused_by: UUID


class EntryProposed(Event):
    """Somebody of the organisation proposed a change of its entry; the desk looks at it."""

    proposal_id: UUID
    service_id: UUID | None = None
    proposed_by: UUID


class EntryProposalSettled(Event):
    """The desk took a proposal over, changed it, or said no."""

    proposal_id: UUID
    service_id: UUID | None = None
    accepted: bool
    settled_by: UUID
    proposed_by: UUID


class EntryCheckDue(Event):
    """Nobody confirmed the entry of this organisation for long: one of its people is asked whether it is right.

    `number` counts the times that this was asked, from 1.
    """

    person_id: UUID
    number: Count


class EntryHidden(Event):
    """Nobody confirmed these offers of this organisation for too long: nobody finds them until somebody does."""

    service_ids: tuple[UUID, ...]
    person_id: UUID | None = None


class EntryDoubted(Event):
    """Mail to a contact person of this organisation does not arrive: what it offers is in doubt, and the desk calls."""

    service_ids: tuple[UUID, ...]
    person_id: UUID


class EntryMistake(StrEnum):
    """What is not right about an offer, as somebody says who looked at it; codes, because nobody reads words first."""

    TELEPHONE = "telephone"
    OPENING_HOURS = "opening-hours"
    ADDRESS = "address"
    COST = "cost"
    FOR_WHOM = "for-whom"
    NO_PLACE = "no-place"
    STOPPED = "stopped"
    OTHER = "other-mistake"


class EntryReported(Event):
    """Somebody who looked at the social map says that an offer is not right; nobody knows who.

    `doubtful`: another person said so too, and it is in doubt until somebody confirms it.
    """

    service_id: UUID
    mistake: EntryMistake
    doubtful: bool
    person_id: UUID | None = None


class EntryCheckMissed(Event):
    """Asked as often as the city asks, and nobody answered: the desk calls."""

    person_id: UUID
