"""What changed about a person, by whom and when: kept, and shown to the desk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.matching.domain.network import Person
from shared.events.directory import Membership


class PersonChange(StrEnum):
    """One thing that was changed."""

    ADDED = "added"
    CONFIRMED = "confirmed"
    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    KINDS = "kinds"
    ROLE_GIVEN = "role-given"
    ROLE_ENDED = "role-ended"
    DEPUTY = "deputy"
    AWAY = "away"
    LEAVES_ON = "leaves-on"
    LEAVING_BLOCKED = "leaving-blocked"
    LEFT = "left"
    CAME_BACK = "came-back"
    QUESTION_PASSED = "question-passed"
    SERVICE_PASSED = "service-passed"


@dataclass(frozen=True, slots=True)
class KeptChange:
    """One change. `by` None: a file, or the operator on the command line. `organisation_id`: where, for a role."""

    id: UUID
    person_id: UUID
    change: PersonChange
    at: datetime
    by: UUID | None = None
    organisation_id: UUID | None = None


Changes = tuple[tuple[PersonChange, UUID | None], ...]
_FIELDS = {
    PersonChange.NAME: ("name",),
    PersonChange.ADDRESS: ("email",),
    PersonChange.PHONE: ("phone",),
    PersonChange.KINDS: ("kinds",),
    PersonChange.DEPUTY: ("deputy_id",),
    PersonChange.AWAY: ("away_from", "away_until"),
    PersonChange.LEAVES_ON: ("leaves_on",),
}


def changes_between(known: Person | None, person: Person) -> Changes:
    """What is different now, each with the organisation that it is about, if any."""
    if known is None:
        return ((PersonChange.ADDED, None), *_roles(set(), set(person.memberships)))
    plain = tuple(
        (change, None)
        for change, fields in _FIELDS.items()
        if any(getattr(known, field) != getattr(person, field) for field in fields)
    )
    stayed = known.active is person.active
    there = () if stayed else ((PersonChange.CAME_BACK if person.active else PersonChange.LEFT, None),)
    return (*plain, *_roles(set(known.memberships), set(person.memberships)), *there)


def _roles(before: set[Membership], after: set[Membership]) -> Changes:
    given = tuple((PersonChange.ROLE_GIVEN, one.organisation_id) for one in after - before)
    ended = tuple((PersonChange.ROLE_ENDED, one.organisation_id) for one in before - after)
    return (*ended, *given)
