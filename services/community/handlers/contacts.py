"""When two organisations were last in touch."""

from collections.abc import Collection
from datetime import timedelta
from itertools import combinations
from typing import Final
from uuid import UUID

from services.community.domain.contact import ContactKind, OrganisationContact
from services.community.ports import CommunityUnit

KEPT_FOR: Final = timedelta(days=2 * 365)


async def note_contact(organisation_ids: Collection[UUID], kind: ContactKind, unit: CommunityUnit) -> None:
    """All of these were in touch today."""
    today = unit.city.day_of(unit.now)
    for a, b in combinations(sorted(set(organisation_ids)), 2):
        await unit.organisation_contacts.note(OrganisationContact.between(a, b, today, kind))


async def find_contact(own: UUID, others: Collection[UUID], unit: CommunityUnit) -> OrganisationContact | None:
    """The last one of this organisation with any of the others."""
    found = [await unit.organisation_contacts.read(own, one) for one in others if one != own]
    return max((one for one in found if one), key=lambda one: one.day, default=None)


async def forget_contacts(unit: CommunityUnit) -> None:
    """After two years nobody needs to know."""
    await unit.organisation_contacts.forget_before(unit.city.day_of(unit.now) - KEPT_FOR)
