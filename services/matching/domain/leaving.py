"""Leaving the network, or one role in it: what must be handed over first, and what is over from then on."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.matching.domain.network import Person
from shared.events.base import Role


@dataclass(frozen=True, slots=True)
class HangingCase:
    """An open family whose ambassador this person is."""

    id: UUID
    code: str
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class HangingQuestion:
    """A question or help under way of which this person is the contact."""

    id: UUID
    code: str
    organisation_id: UUID
    category: str


@dataclass(frozen=True, slots=True)
class HangingService:
    """An offer on the map for which this person is asked."""

    id: UUID
    name: str
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class Hanging:
    """All that must be with somebody else before this person leaves."""

    cases: tuple[HangingCase, ...] = ()
    questions: tuple[HangingQuestion, ...] = ()
    services: tuple[HangingService, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether they can leave."""
        return not (self.cases or self.questions or self.services)

    def of(self, role: Role, organisation_id: UUID) -> "Hanging":
        """What hangs on this one role: families on an ambassador's, questions and offers on a partner's."""
        if role is Role.AMBASSADOR:
            return Hanging(cases=tuple(one for one in self.cases if one.organisation_id == organisation_id))
        if role is not Role.PARTNER:
            return Hanging()
        return Hanging(
            questions=tuple(one for one in self.questions if one.organisation_id == organisation_id),
            services=tuple(one for one in self.services if one.organisation_id == organisation_id),
        )

    def without(self, others: "Hanging") -> "Hanging":
        """The rest."""
        return Hanging(
            tuple(one for one in self.cases if one not in others.cases),
            tuple(one for one in self.questions if one not in others.questions),
            tuple(one for one in self.services if one not in others.services),
        )


def left(person: Person) -> Person:
    """Who left: nothing opens any more. What they were is kept, so that the desk can see it, and they can come back."""
    return replace(person, active=False, leaves_on=None, away_from=None, away_until=None)


def back(person: Person) -> Person:
    """Who left comes back, as what they were; sessions and codes of before stay over."""
    return replace(person, active=True)


def without_role(person: Person, role: Role, organisation_id: UUID) -> Person:
    """One role less. The last one: they left."""
    rest = tuple(one for one in person.memberships if (one.role, one.organisation_id) != (role, organisation_id))
    if rest == person.memberships:
        return person
    return replace(person, memberships=rest) if rest else left(person)


def ends_sessions(known: Person, person: Person) -> bool:
    """Whether they left, or are something no more: given back, it opens for no session of before."""
    kept = {(one.role, one.organisation_id) for one in person.memberships}
    is_less = any((one.role, one.organisation_id) not in kept for one in known.memberships)
    return is_less or (known.active and not person.active)
