"""What every route tells the audit log: who came in, which way, and that something was read, changed or refused.

Each service has one table (`web/audited.py`): its routes that serve or change personal data, by the purpose that stands
in the line. A handler that knows more (which facts, of which case) records that itself; the line of the route is
written when it did not.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast
from uuid import UUID

import structlog
from fastapi import Request
from starlette.routing import compile_path

from shared.kernel.crash_points import crash_point
from shared.kernel.errors import Transient
from shared.privacy.audit import About, Action, Actor, Outcome, Via
from shared.unit_of_work import UnitOfWork, Units

UnitT = TypeVar("UnitT", bound=UnitOfWork)
REFUSED: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE})
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Audited:
    """The line of one route: what it does, and about whom; `at` names the part of its path with the id."""

    action: Action
    purpose: str
    about: About
    at: str | None


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom or what a path means: its own id, the case that it is of, and the link by which somebody came."""

    about_id: UUID | None
    case_id: UUID | None = None
    link_id: UUID | None = None


Table = Mapping[str, Audited]
NOTHING: Final[Table] = MappingProxyType({})
FindMeant = Callable[[Any, Audited, str], Awaitable[Meant]]
"""What a service finds in its unit by what stands in the path (`web/audited.py`)."""


async def by_its_id(_: UnitOfWork, __: Audited, given: str) -> Meant:
    """The id in the path is all there is to know."""
    return Meant(id_in(given))


def id_in(given: str) -> UUID | None:
    """The id, when it is one."""
    try:
        return UUID(given)
    except ValueError:
        return None


def audited(about: About, at: str | None, routes: Mapping[str, Iterable[str]], action: Action | None = None) -> Table:
    """Rows by route (`GET /bord/{case_id}`), from routes by purpose. A GET reads and the rest writes, else `action`."""
    return {
        route: Audited(action or (Action.READ if route.startswith("GET ") else Action.WRITE), purpose, about, at)
        for purpose, given in routes.items()
        for route in given
    }


@dataclass(frozen=True)
class Auditing:
    """The audit log at the door of one service."""

    units: Units[Any] | None
    table: Table = field(default_factory=lambda: NOTHING)
    find_meant: FindMeant = by_its_id

    async def refused(self, request: Request, status: int) -> None:
        """Whoever may not, or asks for what is not theirs, is a line too; of routes in the table only."""
        row = self._row(request)
        if row is None or self.units is None or status not in REFUSED:
            return
        try:
            async with self.units.begin() as unit:
                about = await self._tell(row, request, unit)
                unit.audit.record(row.action, row.about, about, row.purpose, outcome=Outcome.REFUSED)
        except Transient as away:
            # Nothing was given, so nothing leaves without a line.
            log.warning("refusal_not_recorded", error=type(away).__name__)

    async def begins(self, request: Request, unit: UnitOfWork) -> None:
        """The unit of a request knows who is there, and what is the least that it tells."""
        if (row := self._row(request)) is None:
            unit.audit.by(actor_of(request))
            return
        about = await self._tell(row, request, unit)
        if not getattr(request.state, "is_told", False):
            unit.audit.at_least(row.action, row.about, about, row.purpose)

    async def _tell(self, row: Audited, request: Request, unit: UnitOfWork) -> UUID | None:
        """Who is there, by which link, and of which case it is; the id of what it is about."""
        given = str(request.path_params.get(row.at, "")) if row.at else ""
        meant = await self.find_meant(unit, row, given) if given else Meant(None)
        unit.audit.by(actor_of(request, meant.link_id))
        unit.audit.of_case(meant.case_id)
        return meant.about_id

    def _row(self, request: Request) -> Audited | None:
        route, method = request.scope.get("route"), _method(request)
        if route is None or not self.table:
            return None
        if (exact := self.table.get(f"{method} {route.path}")) is not None:
            return exact
        # The route of a router inside another one knows the end of its path only.
        path = request.url.path
        whole = (key for key in self.table if key.startswith(f"{method} ") and key.endswith(route.path))
        return next((self.table[key] for key in whole if _matches(key.partition(" ")[2], path)), None)


@asynccontextmanager
async def unit_of(request: Request, units: Units[UnitT]) -> AsyncIterator[UnitT]:
    """The transaction of a route: the line commits with it, before the first byte of the reply leaves."""
    async with units.begin() as unit:
        await cast("Auditing", request.app.state.web.auditing).begins(request, unit)
        yield unit
        crash_point("web.before-commit")
    crash_point("web.after-commit")
    # Once for a request; a unit that was rolled back told nothing.
    request.state.is_told = True


def actor_of(request: Request, link_id: UUID | None = None) -> Actor:
    """Whoever came in, as far as the door found out; `link_id`: the mailed link that their path holds."""
    state = request.state
    if (session := getattr(state, "session", None)) is not None:
        return Actor(session.person_id, Via.PAGE, role=session.role.value, organisation_id=session.organisation_id)
    if (system := getattr(state, "system", None)) is not None:
        return Actor(system.person_id, Via.API, str(system.key_id), "ambassador", system.organisation_id)
    if request.url.path.startswith("/internal/"):
        return Actor(None, Via.JOB, getattr(state, "calling_service", None))
    by_link = "token" in request.path_params or getattr(state, "by_link", False)
    return Actor(None, Via.LINK if by_link else Via.PAGE, str(link_id) if link_id else None)


@lru_cache
def _pattern(template: str) -> re.Pattern[str]:
    return compile_path(template)[0]


def _matches(template: str, path: str) -> bool:
    return _pattern(template).match(path) is not None


def _method(request: Request) -> str:
    """HEAD is answered as GET is."""
    return "GET" if request.method == "HEAD" else request.method
