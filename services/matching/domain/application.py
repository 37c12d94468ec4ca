"""Somebody who wants to join: an organisation, or one person who offers time or goods."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from services.matching.domain.entry_errors import ApplicationSettled
from services.matching.domain.kept import Kept
from services.matching.domain.network import Organisation, Service
from shared.events.desk_codes import ApplicationRefusal
from shared.events.directory import ApplicationRefused, ApplicationStarted, OrganisationAccepted, OrganisationApplied


class ApplicationState(StrEnum):
    """`started`: the address is not confirmed; `applied`: the desk looks at it."""

    STARTED = "started"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was filled in. A private person applies as an organisation of one, without a name of its own."""

    name: str
    kind: str
    contact_name: str
    email: str
    phone: str
    offer: str
    categories: tuple[str, ...]
    districts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    does: str = ""
    limits: str = ""
    website: str = ""
    is_private: bool = False
    asks_for_families: bool = False
    """A school or a practice: it helps nobody itself, and asks for help for families."""


@dataclass(slots=True)
class Application:
    """A request to join."""

    id: UUID
    asked: Asked
    started_at: datetime
    state: ApplicationState = ApplicationState.STARTED
    applied_at: datetime | None = None
    settled_at: datetime | None = None
    settled_by: UUID | None = None
    refusal: ApplicationRefusal | None = None
    organisation_id: UUID | None = None

    def started(self) -> ApplicationStarted:
        """The fact that a mail must go out to confirm the address."""
        return ApplicationStarted(subject=self.id, occurred_at=self.started_at)

    def confirm(self, *, at: datetime) -> OrganisationApplied | None:
        """The address is theirs. Once more changes nothing."""
        if self.state is not ApplicationState.STARTED:
            return None
        self.state, self.applied_at = ApplicationState.APPLIED, at
        return OrganisationApplied(
            subject=self.id, occurred_at=at, kind=self.asked.kind or None, categories=self.asked.categories
        )

    def accept(self, organisation_id: UUID, person_id: UUID, *, by: UUID, at: datetime) -> OrganisationAccepted:
        """The desk says yes. Raises ApplicationSettled."""
        self._settle(ApplicationState.ACCEPTED, by, at)
        self.organisation_id = organisation_id
        return OrganisationAccepted(
            subject=organisation_id, occurred_at=at, application_id=self.id, person_id=person_id, accepted_by=by
        )

    def refuse(self, reason: ApplicationRefusal, *, by: UUID, at: datetime) -> ApplicationRefused:
        """The desk says no. Raises ApplicationSettled."""
        self._settle(ApplicationState.REFUSED, by, at)
        self.refusal = reason
        return ApplicationRefused(subject=self.id, occurred_at=at, reason=reason, refused_by=by)

    def organisation(self, organisation_id: UUID, *, at: datetime) -> Organisation:
        """What comes on the map; its own people said it just now."""
        asked = self.asked
        return Organisation(
            organisation_id,
            asked.name,
            kind=asked.kind,
            description=asked.does,
            website=asked.website,
            limits=asked.limits,
            kept=Kept(version=1, listed_at=at, verified_at=self.applied_at),
        )

    def service(self, service_id: UUID, organisation_id: UUID, contact_id: UUID, *, at: datetime) -> Service:
        """What they offer."""
        asked = self.asked
        return Service(
            service_id,
            organisation_id,
            asked.offer,
            asked.categories,
            description=asked.does,
            districts=asked.districts,
            whole_city=not asked.districts,  # as the page says beside the question
            languages=asked.languages,
            minimum_age=asked.minimum_age,
            maximum_age=asked.maximum_age,
            does=asked.does,
            does_not=asked.limits,
            contact_ids=(contact_id,),
            kept=Kept(version=1, listed_at=at, verified_at=self.applied_at, verified_by=contact_id),
        )

    def is_over(self, *, at: datetime, kept_for: timedelta) -> bool:
        """Whether what was filled in is kept for nothing any more: only what waits for the desk stays."""
        since = self.settled_at or self.started_at
        return self.state is not ApplicationState.APPLIED and since + kept_for <= at

    def _settle(self, state: ApplicationState, by: UUID, at: datetime) -> None:
        if self.state is not ApplicationState.APPLIED:
            raise ApplicationSettled
        self.state, self.settled_by, self.settled_at = state, by, at


class Applications(Protocol):
    """Requests to join."""

    async def get(self, application_id: UUID) -> Application | None:
        """The request, locked, so that it is settled once."""

    async def read(self, application_id: UUID) -> Application | None:
        """The request as it is now."""

    async def list_unconfirmed(self, email: str, since: datetime) -> list[Application]:
        """Those of this address that were begun after `since` and not confirmed, newest first; locked."""

    async def list_waiting(self) -> list[Application]:
        """Those at which the desk has to look, oldest first."""

    async def save(self, application: Application) -> None:
        """Insert it, or take over every field."""

    async def forget(self, before: datetime) -> int:
        """Delete those that were settled, or begun and never confirmed, before; returns how many."""
