"""People of the network for tests: the fact that every service hears of them, and what it keeps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.access.members import Member
from shared.access.sessions import Session, Sessions
from shared.events.base import Role
from shared.events.directory import Membership, PersonListed


def listed(person_id: UUID, organisation_id: UUID, role: Role, *, at: datetime, active: bool = True) -> PersonListed:
    """Somebody with one role at one organisation."""
    return PersonListed(
        subject=person_id,
        occurred_at=at,
        memberships=(Membership(organisation_id=organisation_id, role=role),),
        active=active,
    )


def member(person_id: UUID, organisation_id: UUID, role: Role, *, active: bool = True) -> Member:
    """The same, as services keep it."""
    return Member(person_id, (Membership(organisation_id=organisation_id, role=role),), active)


async def cookie_of(units: Any, sessions: Sessions, session: Session, at: datetime) -> dict[str, str]:  # noqa: ANN401 - of any service
    """The cookie of somebody whom this service heard of, as that unless the test said what else they are."""
    async with units.begin() as unit:
        if await unit.members.read(session.person_id) is None:
            await unit.members.save(member(session.person_id, session.organisation_id, session.role))
    return {sessions.cookie: sessions.issue(session, at)}
