"""What community's routes work with, found at `request.app.state.dependencies`."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Final, cast

from fastapi import Depends, Request

from services.community.domain.hosting import WORK_IN_NETWORK
from services.community.ports import CalendarFiles, CommunityUnit
from services.community.ports.cards import Photos
from services.community.ports.examples import Commonness
from services.community.ports.replies import ReplyDrafts
from shared.access.people_book import PeopleBook
from shared.access.sessions import Session, maybe_signed_in, signed_in
from shared.events.base import Role
from shared.web.auditing import unit_of
from shared.web.dependencies import ServiceDependencies

DESK: Final = frozenset({Role.COORDINATOR, Role.OPERATOR})


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What pages ask besides the database: calendar files, photos, who is who, what is common, what came by mail."""

    calendars: CalendarFiles
    photos: Photos
    people: PeopleBook
    commonness: Commonness
    replies: ReplyDrafts


@dataclass(frozen=True, kw_only=True)
class Dependencies(Beside, ServiceDependencies[CommunityUnit]):
    """Units of work and templates of community, and what its pages ask besides."""


async def _dependencies(request: Request) -> Dependencies:
    return cast("Dependencies", request.app.state.dependencies)


TheDependencies = Annotated[Dependencies, Depends(_dependencies)]


async def _unit(request: Request, dependencies: TheDependencies) -> AsyncIterator[CommunityUnit]:
    async with unit_of(request, dependencies.units) as unit:
        yield unit


# The transaction of one request: it commits before the reply is sent, and an exception rolls it back.
Unit = Annotated[CommunityUnit, Depends(_unit, scope="function")]
Visitor = Annotated[Session | None, Depends(maybe_signed_in)]
AtTheDesk = Annotated[Session, Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))]
# Whoever works in the network can host.
MAY_HOST: Final = WORK_IN_NETWORK
MayHost = Annotated[Session, Depends(signed_in(*MAY_HOST))]
# Whoever has an account can follow themes with it.
MayFollow = Annotated[Session, Depends(signed_in(*Role))]
# An operator looks; who organises is the coordinator.
Coordinator = Annotated[Session, Depends(signed_in(Role.COORDINATOR))]


def is_at_the_desk(session: Session | None) -> bool:
    """Whether this person sees drafts, too."""
    return session is not None and session.role in DESK


def may_organise(session: Session | None) -> bool:
    """Whether this person gets the buttons and forms of whoever organises."""
    return session is not None and session.role is Role.COORDINATOR
