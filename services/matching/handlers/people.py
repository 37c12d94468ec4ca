"""The people of the network: what every service hears of them."""

from services.matching.domain.network import Person
from services.matching.ports import MatchingUnit
from shared.access.members import Member


async def list_person(person: Person, unit: MatchingUnit) -> None:
    """Tell every service, this one too, what this person may do now."""
    listed = person.listed(at=unit.now)
    await unit.members.save(Member.of(listed))
    unit.outbox.append(listed)
