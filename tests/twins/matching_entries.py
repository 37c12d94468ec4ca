"""Organisations, requests to join and changes of entries in memory: twin of `store.organisations` and `.entries`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.matching.domain.application import Application, ApplicationState
from services.matching.domain.entry import Proposal, ProposalState
from services.matching.domain.network import Organisation, Person, Service
from tests.twins.tables import MemoryTables


class InMemoryOrganisations:
    """Organisations in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Organisation] = tables.table("organisations")
        self._services: dict[UUID, Service] = tables.table("services")

    async def get(self, organisation_id: UUID) -> Organisation | None:
        return self._rows.get(organisation_id)

    async def read(self, organisation_id: UUID) -> Organisation | None:
        return self._rows.get(organisation_id)

    async def hold_many(self, organisation_ids: Collection[UUID]) -> dict[UUID, Organisation]:
        return {key: self._rows[key] for key in organisation_ids if key in self._rows}

    async def read_names(self, organisation_ids: Collection[UUID]) -> dict[UUID, str]:
        return {key: self._rows[key].name for key in organisation_ids if key in self._rows}

    async def save(self, organisation: Organisation) -> None:
        self._rows[organisation.id] = organisation

    async def hold_next(self, after: UUID, limit: int) -> list[Organisation]:
        return sorted((row for row in self._rows.values() if row.id > after), key=lambda row: row.id)[:limit]

    async def save_all(self, organisations: Sequence[Organisation]) -> None:
        self._rows.update({one.id: one for one in organisations})

    async def list_page(
        self, page: int, per_page: int, text: str = "", categories: frozenset[str] = frozenset()
    ) -> tuple[list[Organisation], int]:
        words = text.lower().split()
        offering = {
            row.organisation_id
            for row in self._offered()
            if row.kept.hidden_at is None and not categories.isdisjoint(row.categories)
        }
        rows = [
            row
            for row in self._rows.values()
            if row.on_map and (not categories or row.id in offering)
            if all(word in row.name.lower() or word in row.description.lower() for word in words)
        ]
        rows.sort(key=lambda row: (row.name, row.id))
        return rows[(page - 1) * per_page : page * per_page], len(rows)

    async def search(self, text: str, kind: str, page: int, per_page: int) -> tuple[list[Organisation], int]:
        words = text.lower().split()
        found = [
            row
            for row in self._rows.values()
            if all(word in row.name.lower() for word in words) and (not kind or row.kind == kind)
        ]
        found.sort(key=lambda row: (row.name, row.id))
        return found[(page - 1) * per_page : page * per_page], len(found)

    async def list_to_hide(self, before: datetime, asked_more_than: int, limit: int) -> list[Organisation]:
        old = {
            row.organisation_id
            for row in self._offered()
            if row.kept.hidden_at is None and (since := row.kept.verified_at or row.kept.listed_at) and since <= before
        }
        due = [
            row for row in self._rows.values() if row.active and row.checks_asked > asked_more_than and row.id in old
        ]
        return sorted(due, key=lambda row: row.id)[:limit]

    async def list_in_doubt(self, limit: int) -> list[Organisation]:
        doubtful = {row.organisation_id for row in self._offered() if row.kept.is_unsure}
        rows = (row for row in self._rows.values() if row.id in doubtful)
        return sorted(rows, key=lambda row: (row.name, row.id))[:limit]

    def _offered(self) -> Iterable[Service]:
        return (row for row in self._services.values() if row.active and row.on_map)

    async def list_unchecked(self, before: datetime, asked_before: datetime, limit: int) -> list[Organisation]:
        offering = {row.organisation_id for row in self._services.values() if row.active}
        due = []
        for row in self._rows.values():
            since = row.kept.verified_at or row.kept.listed_at
            again = row.check_asked_at is None or row.check_asked_at <= asked_before
            due_now = since is not None and since <= before and again
            if row.active and row.on_map and row.id in offering and since is not None and due_now:
                due.append((since, row.id, row))
        return [row for _, _, row in sorted(due)[:limit]]


class InMemoryApplications:
    """Requests to join in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Application] = tables.table("applications")

    async def get(self, application_id: UUID) -> Application | None:
        return await self.read(application_id)

    async def read(self, application_id: UUID) -> Application | None:
        row = self._rows.get(application_id)
        return replace(row) if row else None

    async def list_unconfirmed(self, email: str, since: datetime) -> list[Application]:
        begun = (
            replace(row)
            for row in self._rows.values()
            if row.state is ApplicationState.STARTED
            and row.started_at > since
            and row.asked.email.lower() == email.lower()
        )
        return sorted(begun, key=lambda row: (row.started_at, row.id), reverse=True)

    async def list_waiting(self) -> list[Application]:
        waiting = (replace(row) for row in self._rows.values() if row.state is ApplicationState.APPLIED)
        return sorted(waiting, key=lambda row: row.id)

    async def save(self, application: Application) -> None:
        self._rows[application.id] = replace(application)

    async def forget(self, before: datetime) -> int:
        over = [
            row.id
            for row in self._rows.values()
            if row.state is not ApplicationState.APPLIED and (row.settled_at or row.started_at) < before
        ]
        for application_id in over:
            del self._rows[application_id]
        return len(over)


class InMemoryProposals:
    """Changes of entries in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Proposal] = tables.table("entry_changes")

    async def get(self, proposal_id: UUID) -> Proposal | None:
        return await self.read(proposal_id)

    async def read(self, proposal_id: UUID) -> Proposal | None:
        row = self._rows.get(proposal_id)
        return replace(row) if row else None

    async def list_waiting(self) -> list[Proposal]:
        waiting = (replace(row) for row in self._rows.values() if row.state is ProposalState.WAITING)
        return sorted(waiting, key=lambda row: row.id)

    async def list_of_organisation(self, organisation_id: UUID) -> list[Proposal]:
        rows = (replace(row) for row in self._rows.values() if row.organisation_id == organisation_id)
        return sorted(rows, key=lambda row: row.id, reverse=True)

    async def save(self, proposal: Proposal) -> None:
        self._rows[proposal.id] = replace(proposal)


class InMemoryTakenRows:
    """Digests in a dict, with the versions that were there."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, tuple[str, int, int]] = tables.table("taken_rows")
        self._services: dict[UUID, Service] = tables.table("services")
        self._people: dict[UUID, Person] = tables.table("people")

    async def find_unchanged(self, digests: Mapping[UUID, str]) -> set[UUID]:
        return {
            key for key, digest in digests.items() if key in self._rows and self._rows[key] == self._now(key, digest)
        }

    async def remember(self, digests: Mapping[UUID, str]) -> None:
        self._rows.update({key: self._now(key, digest) for key, digest in digests.items()})

    def _now(self, key: UUID, digest: str) -> tuple[str, int, int]:
        offer = self._services[key]
        people = [self._people[each] for each in offer.contact_ids if each in self._people]
        return digest, offer.kept.version, sum(person.version + 1 for person in people if person.active)
