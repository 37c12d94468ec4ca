"""A person as somebody has them on a page: locked, and not changed by somebody else meanwhile."""

from uuid import UUID

from services.matching.domain.errors import PersonUnknown
from services.matching.domain.network import Person
from services.matching.domain.people_errors import ChangedMeanwhile
from services.matching.ports import MatchingUnit


async def person_in_hand(person_id: UUID, unit: MatchingUnit, *, version: int | None = None) -> Person:
    """`version` None: whoever asks saw no page. Raises PersonUnknown, ChangedMeanwhile."""
    person = await unit.people.get(person_id)
    if person is None:
        raise PersonUnknown
    if version is not None and person.version != version:
        raise ChangedMeanwhile
    return person
