"""What stands on the map of an organisation, and who may change which part of it.

Some of it the organisation changes by itself; some the desk looks at first, because referrals hang on it; some is the
desk's alone. What was changed, by whom and when is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from services.matching.domain.entry_errors import ProposalSettled
from services.matching.domain.network import Organisation, Service
from shared.events.directory import EntryProposalSettled, EntryProposed

EntryT = TypeVar("EntryT", bound=Organisation | Service)
FREE_OF_ORGANISATION: Final = frozenset({"description", "website", "email", "phone", "strengths", "limits"})
CHECKED_OF_ORGANISATION: Final = frozenset({"name", "kind", "active"})
FREE_OF_SERVICE: Final = frozenset(
    {
        "description", "does", "expects_from_referrer", "languages", "is_free", "cost", "phone", "email", "website",
        "address", "schedule", "walk_in", "interpreter", "access", "capacity", "full_until", "response_days",
        "contact_hours", "sparring", "sign_up", "active",
    }
)  # fmt: skip
CHECKED_OF_SERVICE: Final = frozenset(
    {"name", "categories", "districts", "whole_city", "minimum_age", "maximum_age", "does_not", "contact_ids"}
)
_NO_ID: Final = UUID(int=0)
_NAMES: Final = {kind: frozenset(one.name for one in fields(kind)) for kind in (Organisation, Service)}
OF_THE_DESK: Final = frozenset({"has_agreement"})
# A file may say that somebody else offers it now; no page does.
OF_FILES: Final = frozenset({"organisation_id"})


def free_fields(entry: Organisation | Service) -> frozenset[str]:
    """What counts at once when the organisation changes it."""
    return FREE_OF_ORGANISATION if isinstance(entry, Organisation) else FREE_OF_SERVICE


def checked_fields(entry: Organisation | Service) -> frozenset[str]:
    """What the desk looks at first."""
    return CHECKED_OF_ORGANISATION if isinstance(entry, Organisation) else CHECKED_OF_SERVICE


def all_fields(entry: Organisation | Service) -> frozenset[str]:
    """What an entry says, whoever may change it."""
    return (free_fields(entry) | checked_fields(entry) | OF_THE_DESK | OF_FILES) & _NAMES[type(entry)]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what stood there, and what comes in its place."""

    field: str
    old: Any
    new: Any


Changes = tuple[FieldChange, ...]


def differences(entry: Organisation | Service, wanted: Mapping[str, Any], fields: Iterable[str]) -> Changes:
    """Which of these fields are wanted otherwise than they are."""
    return tuple(
        FieldChange(name, getattr(entry, name), wanted[name])
        for name in sorted(fields)
        if name in wanted and wanted[name] != getattr(entry, name)
    )


def with_changes(entry: EntryT, changes: Changes, *, at: datetime) -> EntryT:
    """The next version of the entry."""
    values: dict[str, Any] = {change.field: change.new for change in changes}
    return replace(entry, **values, kept=entry.kept.changed(at=at))


class ProposalState(StrEnum):
    """What became of a change. `live`: it counted at once; `replaced`: something newer was proposed."""

    LIVE = "live"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPLACED = "replaced"


@dataclass(slots=True)
class Proposal:
    """A change of an entry: one that waits for the desk, or one of its history. Without a service: of the organisation.

    `version` is that of the entry after the change, where it counted.
    """

    id: UUID
    organisation_id: UUID
    service_id: UUID | None
    changes: Changes
    state: ProposalState
    proposed_by: UUID
    proposed_at: datetime
    version: int = 0
    settled_by: UUID | None = None
    settled_at: datetime | None = None
    is_new: bool = False
    """It is an offer that is not there yet; `service_id` is what it will be."""

    def is_about(self, entry: Organisation | Service) -> bool:
        """Whether it changes this very entry."""
        return entry.id == (self.service_id or self.organisation_id)

    def proposed(self) -> EntryProposed:
        """The fact that the desk has something to look at."""
        return EntryProposed(
            subject=self.organisation_id,
            occurred_at=self.proposed_at,
            proposal_id=self.id,
            service_id=self.service_id,
            proposed_by=self.proposed_by,
        )

    def settle(self, changes: Changes, *, version: int, by: UUID, at: datetime) -> EntryProposalSettled:
        """The desk took over `changes` of it: none is a no. Raises ProposalSettled."""
        if self.state is not ProposalState.WAITING:
            raise ProposalSettled
        self.state = ProposalState.ACCEPTED if changes else ProposalState.REFUSED
        self.changes = changes or self.changes
        self.version, self.settled_by, self.settled_at = version, by, at
        return EntryProposalSettled(
            subject=self.organisation_id,
            occurred_at=at,
            proposal_id=self.id,
            service_id=self.service_id,
            accepted=bool(changes),
            settled_by=by,
            proposed_by=self.proposed_by,
        )

    def replace_by_newer(self, *, at: datetime) -> None:
        """The organisation thought again before the desk looked."""
        self.state, self.settled_at = ProposalState.REPLACED, at


def nothing_yet(proposal: Proposal) -> Service:
    """The offer of which this proposal tells everything: as empty as it is before the desk says yes."""
    assert proposal.service_id is not None  # noqa: S101 - only an offer is proposed as new
    return Service(proposal.service_id, proposal.organisation_id, "", ())


def fields_of_offer(wanted: Mapping[str, Any]) -> Changes:
    """What a new offer says of itself, where that is not nothing."""
    empty = Service(_NO_ID, _NO_ID, "", ())
    return differences(empty, wanted, FREE_OF_SERVICE | CHECKED_OF_SERVICE)


def before(values: Mapping[str, Any], since: Iterable[Proposal]) -> dict[str, Any]:
    """The fields as they stood before these changes, which counted one after the other."""
    earlier = dict(values)
    for one in sorted(since, key=lambda each: each.version, reverse=True):
        earlier |= {change.field: change.old for change in one.changes}
    return earlier


class Proposals(Protocol):
    """Changes of entries: those that wait for the desk, and those that counted."""

    async def get(self, proposal_id: UUID) -> Proposal | None:
        """The proposal, locked, so that it is settled once."""

    async def read(self, proposal_id: UUID) -> Proposal | None:
        """The proposal as it is now."""

    async def list_waiting(self) -> list[Proposal]:
        """Those at which the desk has to look, oldest first."""

    async def list_of_organisation(self, organisation_id: UUID) -> list[Proposal]:
        """All of one organisation and its offers, newest first."""

    async def save(self, proposal: Proposal) -> None:
        """Insert it, or take over every field."""
