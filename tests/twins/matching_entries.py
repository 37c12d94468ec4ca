"""Organisations, requests to join and changes of entries in memory: twin of `store.organisations` and `.entries`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.matching.domain.application import Application, ApplicationState
from services.matching.domain.entry import Proposal, ProposalState
from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.search import is_unreadable, searched_as, words_of_name
from tests.twins.tables import MemoryTables


class InMemoryOrganisations:
    """Organisations in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Organisation] = tables.table("organisations")
        self._services: dict[UUID, Service] = tables.table("services")

    async def get(self, organisation_id: UUID) -> Organisation | None:
        return self._rows.get(organisation_id)

    async def list_ids(self) -> list[UUID]:
        return list(self._rows)

    async def read(self, organisation_id: UUID) -> Organisation | None:
        return self._rows.get(organisation_id)

    async def hold(self, organisation_ids: Collection[UUID]) -> None:
        """Nobody else is there."""

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

    async def search(self, query: OrganisationQuery) -> tuple[list[Organisation], int]:
        found = sorted(
            (row for row in self._rows.values() if self._fits(row, query)), key=lambda row: (row.name, row.id)
        )
        return found[(query.page - 1) * query.per_page : query.page * query.per_page], len(found)

    def _fits(self, row: Organisation, query: OrganisationQuery) -> bool:
        offered = (one for one in self._offered() if one.organisation_id == row.id and one.kept.hidden_at is None)
        read = [searched_as(row.name), searched_as(row.description) if query.in_description else ""]
        return (
            not is_unreadable(query.text)
            and all(any(word in text for text in read) for word in words_of_name(query.text))
            and query.kind in {"", row.kind}
            and row.on_map >= query.on_map
            and (not query.categories or any(not query.categories.isdisjoint(one.categories) for one in offered))
        )

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


@dataclass(frozen=True, slots=True)
class _Taken:
    digest: str = ""
    version: int = 0
    people: int = 0
    source: str = ""
    missing: bool = False
    ended: bool = False


class InMemoryTakenRows:
    """Rows in a dict, with the versions that were there."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, _Taken] = tables.table("taken_rows")
        self._services: dict[UUID, Service] = tables.table("services")
        self._people: dict[UUID, Person] = tables.table("people")

    async def find_unchanged(self, digests: Mapping[UUID, str]) -> set[UUID]:
        rows = self._rows
        return {
            key
            for key, digest in digests.items()
            if key in rows and self._now(key, digest, rows[key].source) == replace(rows[key], ended=False)
        }

    async def remember(self, digests: Mapping[UUID, str], sources: Mapping[UUID, str]) -> None:
        self._rows.update({key: self._now(key, digest, sources[key]) for key, digest in digests.items()})

    async def find_missing(self, source: str, there: Collection[UUID]) -> dict[UUID, str]:
        of_source = {key for key, row in self._rows.items() if row.source == source and not row.missing}
        offers = [self._services[key] for key in of_source if key in self._services and key not in there]
        return {one.id: one.name for one in sorted(offers, key=lambda one: (one.name, one.id)) if one.active}

    async def mark_missing(self, offer_ids: Collection[UUID], source: str, day: date) -> None:
        for key in offer_ids:
            self._rows[key] = replace(self._rows[key], missing=True)
            if (offer := self._services[key]).active:
                kept = replace(offer.kept, missing_since=day, missing_from=source)
                self._services[key] = replace(offer, kept=kept)

    async def forget_missing(self, offer_ids: Collection[UUID]) -> None:
        for key in offer_ids:
            self._rows[key] = replace(self._rows[key], missing=False)
            self._services[key] = replace(self._services[key], kept=self._services[key].kept.in_file())

    async def add_ended(self, ids: Collection[UUID]) -> None:
        self._rows.update({key: replace(self._rows.get(key, _Taken()), ended=True) for key in ids})

    async def list_ended(self, ids: Collection[UUID]) -> frozenset[UUID]:
        return frozenset(key for key in ids if key in self._rows and self._rows[key].ended)

    async def forget_ended(self, ids: Collection[UUID]) -> None:
        self._rows.update({key: replace(self._rows[key], ended=False) for key in ids if key in self._rows})

    def _now(self, key: UUID, digest: str, source: str) -> _Taken:
        offer = self._services[key]
        people = [self._people[each] for each in offer.contact_ids if each in self._people]
        versions = sum(person.version + 1 for person in people if person.active)
        return _Taken(digest, offer.kept.version, versions, source)
