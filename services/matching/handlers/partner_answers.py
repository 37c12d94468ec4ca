"""The partner's answer: yes with a named contact, no with a reason, yes taken back, or silence."""

from dataclasses import replace
from uuid import UUID

from services.matching.commands import AcceptReferral, DeclineReferral, NewContact
from services.matching.domain.errors import AddressTaken, ContactLeft, ContactUnknown, ReferralUnknown
from services.matching.domain.network import Person
from services.matching.domain.referral import Referral
from services.matching.handlers.loading import lock_referral
from services.matching.handlers.next_partner import go_on_with_next
from services.matching.ports import MatchingUnit
from shared.events.base import Role
from shared.events.monitoring import ResponseExpired


async def accept_referral(command: AcceptReferral, unit: MatchingUnit) -> Referral:
    """The partner helps. Raises ReferralNotOpen, FirstContactOutOfRange, ContactUnknown, ContactLeft, AddressTaken."""
    referral, _ = await lock_referral(command.referral_id, unit)
    contact_id = await _contact(command.contact, referral.organisation_id, unit)
    events = referral.accept(contact_id, command.first_contact_on, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    return referral


async def decline_referral(command: DeclineReferral, unit: MatchingUnit) -> Referral:
    """The partner cannot help; the next one is asked at once. Raises ReferralNotOpen."""
    referral, case = await lock_referral(command.referral_id, unit)
    events = referral.decline(command.reason, at=unit.now)
    if events:
        await unit.referrals.save(referral)
        unit.outbox.append(*events)
        await go_on_with_next(referral, case, unit)
    return referral


async def revert_acceptance(referral_id: UUID, unit: MatchingUnit) -> Referral:
    """The partner takes its yes back within half an hour. Raises AnswerIsFinal."""
    referral, _ = await lock_referral(referral_id, unit)
    unit.outbox.append(*referral.revert_acceptance(city=unit.city, at=unit.now))
    await unit.referrals.save(referral)
    return referral


async def ask_next_after_silence(event: ResponseExpired, unit: MatchingUnit) -> None:
    """The partner's time is over. An answer that was just in time counts: then nothing happens."""
    try:
        referral, case = await lock_referral(event.referral_id, unit)
    except ReferralUnknown:
        return
    events = referral.expire(at=unit.now)
    if events:
        await unit.referrals.save(referral)
        unit.outbox.append(*events)
        await go_on_with_next(referral, case, unit)


async def _contact(contact: UUID | NewContact, organisation_id: UUID, unit: MatchingUnit) -> UUID:
    if isinstance(contact, UUID):
        person = await unit.people.read(contact)
        if person is None or not person.active or person.organisation_id != organisation_id:
            raise ContactUnknown
        return person.id
    newcomer = Person(unit.ids.new(), organisation_id, Role.PARTNER, contact.name, contact.email, contact.phone)
    person = await unit.people.add(newcomer)
    if person != newcomer:
        return await _same_contact(person, contact, organisation_id, unit)
    unit.outbox.append(person.joined(at=unit.now))
    return person.id


async def _same_contact(known: Person, typed: NewContact, organisation_id: UUID, unit: MatchingUnit) -> UUID:
    """Somebody whose address we have: what was typed now is the newest."""
    if known.organisation_id != organisation_id:
        raise AddressTaken
    if not known.active:
        raise ContactLeft(unit.city)
    await unit.people.save(replace(known, name=typed.name, phone=typed.phone or known.phone))
    return known.id
