"""People of the network for tests: the fact that every service hears of them, and what it keeps."""

from datetime import datetime
from uuid import UUID

from shared.access.members import Member
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
