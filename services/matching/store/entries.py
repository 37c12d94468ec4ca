"""Requests to join, and changes of entries, on PostgreSQL. Rare: nothing here is on the way of an event."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, delete, func, select

from services.matching.domain.application import Application, ApplicationState, Asked
from services.matching.domain.entry import Proposal, ProposalState
from services.matching.domain.network import Organisation, Service
from services.matching.store.field_changes import changes_of, changes_values
from services.matching.store.tables import APPLICATIONS, ENTRY_CHANGES, upsert
from shared.events.desk_codes import ApplicationRefusal
from shared.messaging.postgres_unit import UnitContext

_ASKED: Final = tuple(field.name for field in fields(Asked))
_LISTS: Final = ("categories", "districts", "languages")
MOST_LISTED: Final = 500


class PostgresApplications:
    """The table `applications`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def get(self, application_id: UUID) -> Application | None:
        return await self._one(_applications(APPLICATIONS.c.id == application_id).with_for_update())

    async def read(self, application_id: UUID) -> Application | None:
        return await self._one(_applications(APPLICATIONS.c.id == application_id))

    async def list_unconfirmed(self, email: str, since: datetime) -> list[Application]:
        columns = APPLICATIONS.c
        is_theirs = func.lower(columns.email) == email.lower()
        begun = (columns.state == ApplicationState.STARTED.value) & (columns.started_at > since)
        newest = _applications(is_theirs & begun).order_by(columns.started_at.desc(), columns.id.desc())
        return [_application_of(row) for row in await self._connection.execute(newest.with_for_update())]

    async def list_waiting(self) -> list[Application]:
        waiting = _applications(APPLICATIONS.c.state == ApplicationState.APPLIED.value)
        rows = await self._connection.execute(waiting.order_by(APPLICATIONS.c.id).limit(MOST_LISTED))
        return [_application_of(row) for row in rows]

    async def save(self, application: Application) -> None:
        await self._connection.execute(upsert(APPLICATIONS, _application_values(application)))

    async def forget(self, before: datetime) -> int:
        columns = APPLICATIONS.c
        is_old = (columns.settled_at < before) | (columns.settled_at.is_(None) & (columns.started_at < before))
        old = delete(APPLICATIONS).where(columns.state != ApplicationState.APPLIED.value, is_old)
        return (await self._connection.execute(old)).rowcount

    async def _one(self, query: Select[Any]) -> Application | None:
        row = (await self._connection.execute(query)).one_or_none()
        return _application_of(row) if row else None


class PostgresProposals:
    """The table `entry_changes`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def get(self, proposal_id: UUID) -> Proposal | None:
        query = _changes(ENTRY_CHANGES.c.id == proposal_id).with_for_update()
        return next(iter(await self._list(query)), None)

    async def read(self, proposal_id: UUID) -> Proposal | None:
        return next(iter(await self._list(_changes(ENTRY_CHANGES.c.id == proposal_id))), None)

    async def list_waiting(self) -> list[Proposal]:
        waiting = _changes(ENTRY_CHANGES.c.state == ProposalState.WAITING.value)
        return await self._list(waiting.order_by(ENTRY_CHANGES.c.id).limit(MOST_LISTED))

    async def list_of_organisation(self, organisation_id: UUID) -> list[Proposal]:
        of_organisation = _changes(ENTRY_CHANGES.c.organisation_id == organisation_id)
        return await self._list(of_organisation.order_by(ENTRY_CHANGES.c.id.desc()).limit(MOST_LISTED))

    async def save(self, proposal: Proposal) -> None:
        await self._connection.execute(upsert(ENTRY_CHANGES, _proposal_values(proposal)))

    async def _list(self, query: Select[Any]) -> list[Proposal]:
        return [_proposal_of(row) for row in await self._connection.execute(query)]


def _applications(which: ColumnElement[bool]) -> Select[Any]:
    return select(APPLICATIONS).where(which)


def _changes(which: ColumnElement[bool]) -> Select[Any]:
    return select(ENTRY_CHANGES).where(which)


def _application_of(row: Row[Any]) -> Application:
    given = {name: getattr(row, name) for name in _ASKED}
    return Application(
        id=row.id,
        asked=Asked(**given | {name: tuple(given[name]) for name in _LISTS}),
        started_at=row.started_at,
        state=ApplicationState(row.state),
        applied_at=row.applied_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        refusal=ApplicationRefusal(row.refusal) if row.refusal else None,
        organisation_id=row.organisation_id,
    )


def _application_values(application: Application) -> dict[str, Any]:
    asked = asdict(application.asked)
    return {
        "id": application.id,
        **asked,
        **{name: list(asked[name]) for name in _LISTS},
        "state": application.state.value,
        "started_at": application.started_at,
        "applied_at": application.applied_at,
        "settled_at": application.settled_at,
        "settled_by": application.settled_by,
        "refusal": application.refusal.value if application.refusal else None,
        "organisation_id": application.organisation_id,
    }


def _proposal_of(row: Row[Any]) -> Proposal:
    of = Organisation if row.service_id is None else Service
    return Proposal(
        id=row.id,
        organisation_id=row.organisation_id,
        service_id=row.service_id,
        changes=changes_of(of, row.changes),
        state=ProposalState(row.state),
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        version=row.version,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        is_new=row.is_new,
    )


def _proposal_values(proposal: Proposal) -> dict[str, Any]:
    of = Organisation if proposal.service_id is None else Service
    return {
        "id": proposal.id,
        "organisation_id": proposal.organisation_id,
        "service_id": proposal.service_id,
        "changes": changes_values(of, proposal.changes),
        "state": proposal.state.value,
        "proposed_by": proposal.proposed_by,
        "proposed_at": proposal.proposed_at,
        "version": proposal.version,
        "settled_by": proposal.settled_by,
        "settled_at": proposal.settled_at,
        "is_new": proposal.is_new,
    }
