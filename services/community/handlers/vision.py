"""The shared vision: drafted and published by the desk, read by everybody, signed by whoever is in the network."""

from dataclasses import dataclass
from uuid import UUID

from services.community.domain.errors import NotInThisState, VisionNotFound
from services.community.domain.sign_up import COUNTED_FROM
from services.community.domain.vision import Signature, Vision
from services.community.ports import CommunityUnit
from shared.access.members import Member
from shared.events.directory import OrganisationListed
from shared.kernel.translatable import to_translate


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed this version: names of organisations, and how many for themselves; None: too few to tell."""

    organisations: tuple[str, ...]
    people: int | None


async def list_versions(unit: CommunityUnit) -> list[Vision]:
    """Those that were published, the newest first."""
    return [one for one in await unit.visions.list_all() if one.published_at is not None]


async def find_version(version: int, unit: CommunityUnit) -> Vision:
    """One of them. Raises VisionNotFound."""
    found = next((one for one in await list_versions(unit) if one.version == version), None)
    if found is None:
        raise VisionNotFound
    return found


async def find_draft(unit: CommunityUnit) -> Vision | None:
    """What the desk works on, if anything."""
    return next((one for one in await unit.visions.list_all() if one.published_at is None), None)


async def write_vision(words: str, changes: str, unit: CommunityUnit) -> None:
    """The draft as it is now; nobody but the desk reads it."""
    draft = await unit.visions.get_draft()
    if draft is None:
        newest = await list_versions(unit)
        draft = Vision(unit.ids.new(), newest[0].version + 1 if newest else 1, words, changes)
    draft.rewrite(words, changes)
    await unit.visions.save(draft)


async def publish_vision(unit: CommunityUnit) -> None:
    """Everybody reads it, and who signed an earlier one is asked again. Raises VisionNotFound or NotInThisState."""
    draft = await unit.visions.get_draft()
    if draft is None:
        raise VisionNotFound
    draft.publish(unit.now)
    await unit.visions.save(draft)
    for one in await _standing(unit):
        unit.outbox.append(*one.ask_again(draft, unit.now))


async def sign_vision(
    person_id: UUID, organisation_id: UUID, version: int, unit: CommunityUnit, *, for_organisation: bool
) -> None:
    """To the version that this person read. Raises NotInThisState when there is a newer one."""
    versions = await list_versions(unit)
    if not versions or versions[0].version != version:
        raise NotInThisState(to_translate("Er is een nieuwe versie. Lees die eerst, en onderteken dan."))
    await unit.signatures.save(Signature(person_id, organisation_id, version, unit.now, for_organisation))


async def withdraw_signature(person_id: UUID, unit: CommunityUnit) -> None:
    """Not any more, and nobody reads that it was so."""
    await unit.signatures.remove(person_id)


async def show_signed(version: int, unit: CommunityUnit) -> Signed:
    """Who signed it and is still in the network, for the organisation that they signed for."""
    theirs = [one for one in await _standing(unit) if one.version == version]
    names = await unit.organisations.names_of({one.organisation_id for one in theirs if one.for_organisation})
    people = sum(not one.for_organisation for one in theirs)
    return Signed(tuple(sorted(names, key=str.casefold)), people if people >= COUNTED_FROM else None)


async def remember_organisation(event: OrganisationListed, unit: CommunityUnit) -> None:
    """What an organisation is called, while it takes part."""
    await unit.organisations.save(event.subject, event.name, active=event.active)


async def _standing(unit: CommunityUnit) -> list[Signature]:
    signatures = await unit.signatures.list_all()
    members = await unit.members.read_many([one.person_id for one in signatures])
    return [one for one in signatures if _stands(one, members.get(one.person_id))]


def _stands(signature: Signature, member: Member | None) -> bool:
    return member is not None and member.works_for(signature.organisation_id)
