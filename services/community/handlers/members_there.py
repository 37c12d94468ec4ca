"""Whom of the network can be asked for something at a gathering."""

from services.community.domain.gathering import Gathering
from services.community.ports import CommunityUnit
from shared.access.members import Member


def is_there(member: Member, gathering: Gathering, unit: CommunityUnit) -> bool:
    """Whether this person did not leave, and is not away: today, nor on the day of the gathering."""
    days = {unit.city.day_of(unit.now), unit.city.day_of(gathering.details.starts_at)}
    return member.active and not any(member.is_away(day) for day in days)
