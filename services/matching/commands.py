"""What people ask of matching."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from shared.events.base import Role
from shared.events.referral_codes import ColdReason, DeclineReason, FailureReason, Outcome, Party, RestOfNeed


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact person that we do not know yet."""

    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AcceptReferral:
    """The partner will help. `contact` is the id of a known person of the organisation, or somebody new."""

    referral_id: UUID
    contact: UUID | NewContact
    first_contact_on: date
    answered_by: UUID


@dataclass(frozen=True, slots=True)
class DeclineReferral:
    """The partner cannot help now; `full_until`: nor anybody else before that day. `explanation` is in its words."""

    referral_id: UUID
    reason: DeclineReason
    explanation: str = ""
    full_until: date | None = None


@dataclass(frozen=True, slots=True)
class WriteWords:
    """A partner asks something before it answers, or the ambassador answers that."""

    referral_id: UUID
    words: str
    written_by: UUID


@dataclass(frozen=True, slots=True)
class PlanHandover:
    """Ambassador, contact person and family will meet on this day, perhaps at this time."""

    referral_id: UUID
    on: date
    at: time | None
    planned_by: UUID


@dataclass(frozen=True, slots=True)
class ConfirmHandover:
    """One side says that they met; `on` empty: today."""

    referral_id: UUID
    party: Party
    on: date | None
    confirmed_by: UUID


@dataclass(frozen=True, slots=True)
class HandOverCold:
    """Family and partner begin without meeting together; `on` empty: today."""

    referral_id: UUID
    reason: ColdReason
    on: date | None
    reported_by: UUID


@dataclass(frozen=True, slots=True)
class StartHelp:
    """The help began; `on` empty: today."""

    referral_id: UUID
    on: date | None
    reported_by: UUID


@dataclass(frozen=True, slots=True)
class DeliverHelp:
    """The help was given, or runs for the long term; `on` empty: today."""

    referral_id: UUID
    on: date | None
    reported_by: UUID


@dataclass(frozen=True, slots=True)
class FailHelp:
    """The help stopped."""

    referral_id: UUID
    reason: FailureReason
    reported_by: UUID


@dataclass(frozen=True, slots=True)
class ConfirmOutcome:
    """What the family says of the help, through its ambassador; `rest` when it helped for a part."""

    referral_id: UUID
    outcome: Outcome
    confirmed_by: UUID
    rest: RestOfNeed | None = None


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A person joins the network, or the entry of a known person changes (the e-mail address is the key)."""

    organisation_id: UUID
    role: Role
    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """The entry of a known person changes, the e-mail address too; what is None stays as it is."""

    person_id: UUID
    role: Role | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class EnterCode:
    """Somebody typed the code from the mail."""

    sign_in_id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """An organisation as a file describes it; checked. Of what is `silent` it says nothing: that stays."""

    external_id: str
    name: str
    kind: str = ""
    description: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    has_agreement: bool = False
    silent: frozenset[str] = frozenset()  # the fields about which the file says nothing: what is known of them stays


@dataclass(frozen=True, slots=True)
class ContactEntry(NewContact):
    """A person as a file describes them; checked."""

    external_id: str = ""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """An ambassador, coordinator, operator or partner in a file; checked. `organisation`: its external id."""

    line: int
    organisation: str
    role: Role
    contact: ContactEntry
    file: str = ""


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A service as a file describes it; checked. Field by field what `Service` holds; `organisation`: external id."""

    line: int
    external_id: str
    organisation: str
    name: str
    categories: tuple[str, ...]
    description: str = ""
    districts: tuple[str, ...] = ()
    whole_city: bool = False
    languages: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    is_free: bool | None = None
    cost: str = ""
    contacts: tuple[ContactEntry, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""
    schedule: str = ""
    walk_in: bool = False
    interpreter: bool = False
    capacity: int | None = None
    does: str = ""
    does_not: str = ""
    expects_from_referrer: str = ""
    response_days: int | None = None
    sign_up: str = ""
    access: tuple[str, ...] = ()
    active: bool = True
    file: str = ""
    source: str = ""
    silent: frozenset[str] = frozenset()  # the same of a Service


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a file that its owner should know: where it is, what it is, and what would be right."""

    line: int
    column: str
    problem: str
    example: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow(Remark):
    """A row that was not taken over."""


@dataclass(frozen=True, slots=True)
class ImportMap:
    """Take over a social map: what could be read, and what could not. No id in it stands for two things.

    An id that is no UUID counts within its `source` (a file's name, or what was said), and is `source:id` in an entry.
    Without an id: the organisation's name in small letters, `organisation/name` of an offer, a person's address.
    """

    organisations: Sequence[OrganisationEntry] = ()
    services: Sequence[ServiceEntry] = ()
    people: Sequence[PersonEntry] = ()
    refused: Sequence[RefusedRow] = ()
    remarks: Sequence[Remark] = ()
    source: str = ""
    standing: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by source, its offers' ids, also bad ones
