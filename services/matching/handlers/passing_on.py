"""Handing over what hangs on a person to a colleague: a question with its mail and link, or an offer on the map."""

from uuid import UUID

from services.matching.domain.errors import ContactFull, ContactUnknown, NotOnTheMap
from services.matching.domain.network import Service
from services.matching.domain.person_changes import PersonChange
from services.matching.handlers.entries import Edit, change_as_desk, lock_entry
from services.matching.handlers.loading import lock_referral
from services.matching.handlers.people import remember
from services.matching.ports import MatchingUnit


async def pass_question(referral_id: UUID, to: UUID, unit: MatchingUnit, *, by: UUID) -> None:
    """This colleague speaks for the partner from now on.

    Raises ReferralUnknown, ReferralNotOpen, ContactUnknown or ContactFull.
    """
    referral, _ = await lock_referral(referral_id, unit)
    await _check_there(to, referral.organisation_id, unit)
    await _check_room(to, referral.organisation_id, unit)
    previous = referral.contact_id
    events = referral.replace_contact(to, by=by, at=unit.now)
    if events:
        await unit.referrals.save(referral)
        unit.outbox.append(*events)
        await remember(previous, ((PersonChange.QUESTION_PASSED, referral.organisation_id),), unit, by=by)


async def pass_service(service_id: UUID, previous: UUID, to: UUID, unit: MatchingUnit, *, by: UUID) -> None:
    """This colleague is asked for the offer from now on. Raises NotOnTheMap, ContactUnknown."""
    known = await unit.services.read(service_id)
    if known is None:
        raise NotOnTheMap
    await _check_there(to, known.organisation_id, unit)
    service = await lock_entry(known.organisation_id, service_id, unit)
    assert isinstance(service, Service)  # noqa: S101 - a service was asked for
    contacts = tuple(dict.fromkeys(to if each == previous else each for each in service.contact_ids))
    if contacts != service.contact_ids:
        await change_as_desk(service, Edit({"contact_ids": contacts}, service.kept.version, by), unit)
        await remember(previous, ((PersonChange.SERVICE_PASSED, service.organisation_id),), unit, by=by)


async def _check_there(person_id: UUID, organisation_id: UUID, unit: MatchingUnit) -> None:
    held = await unit.people.hold([person_id])
    if not held or not held[0].works_for(organisation_id):
        raise ContactUnknown


async def _check_room(person_id: UUID, organisation_id: UUID, unit: MatchingUnit) -> None:
    """Who has enough to do gets no question while a colleague has room; somebody must have it."""
    colleagues = {one.id for one in await unit.people.list_of_organisation(organisation_id) if one.active}
    full = await unit.limits.at_limit(colleagues)
    if person_id in full and colleagues - full:
        raise ContactFull
