"""Whether somebody who was named for one question belongs to the organisation: its leads say so, or the desk."""

from uuid import UUID

from services.matching.domain.contact import Contact, ContactState
from services.matching.domain.errors import ReferralUnknown
from services.matching.domain.network import Person
from services.matching.domain.people_errors import ContactMissing, ContactSettled, NotTheirLead
from services.matching.domain.person_changes import PersonChange
from services.matching.domain.referral import Referral
from services.matching.handlers.contacts import who_speaks_again
from services.matching.handlers.loading import lock_referral
from services.matching.handlers.people import remember, take_in
from services.matching.ports import MatchingUnit
from shared.events.base import Role


async def check_lead(person_id: UUID, organisation_id: UUID, unit: MatchingUnit) -> None:
    """Raises NotTheirLead."""
    person = await unit.people.read(person_id)
    if person is None or not person.leads(organisation_id):
        raise NotTheirLead


async def confirm_contact(
    contact_id: UUID, unit: MatchingUnit, *, by: UUID, organisation_id: UUID | None = None
) -> Person:
    """They belong to the organisation, and can sign in from now on. `organisation_id`: only of this one.

    Who is known by this address already keeps name and number, and is a partner here as well. A second yes changes
    nothing. Raises ContactMissing, ContactSettled.
    """
    contact, referral = await _locked(contact_id, organisation_id, unit)
    if contact.state is ContactState.CONFIRMED:
        known = await unit.people.read_by_email(contact.email)
        if known is not None:
            return known
    if not contact.is_new:
        raise ContactSettled
    newcomer = contact.as_person().joining(contact.organisation_id, Role.PARTNER)
    person = await take_in(newcomer, unit, by=by)
    await remember(person.id, ((PersonChange.CONFIRMED, contact.organisation_id),), unit, by=by)
    await unit.contacts.save(contact.settled(ContactState.CONFIRMED, by=by, at=unit.now))
    await _pass_on(referral, contact, person.id, unit, by=by)
    return person


async def refuse_contact(
    contact_id: UUID, unit: MatchingUnit, *, by: UUID, organisation_id: UUID | None = None
) -> None:
    """They do not belong to the organisation: their link opens nothing, and who named them has the question again.

    Raises ContactMissing, ContactSettled.
    """
    contact, referral = await _locked(contact_id, organisation_id, unit)
    if contact.state is ContactState.REFUSED:
        return
    if not contact.is_new:
        raise ContactSettled
    await unit.contacts.save(contact.settled(ContactState.REFUSED, by=by, at=unit.now))
    if referral is not None and referral.contact_id == contact.id:
        await _pass_on(referral, contact, await who_speaks_again(referral, contact, unit), unit, by=by)


async def _locked(
    contact_id: UUID, organisation_id: UUID | None, unit: MatchingUnit
) -> tuple[Contact, Referral | None]:
    """The contact and the question, locked; the case before the contact, as everywhere."""
    found = await unit.contacts.list_by_ids([contact_id])
    if not found or organisation_id not in (None, found[0].organisation_id):
        raise ContactMissing
    try:
        referral, _ = await lock_referral(found[0].referral_id, unit)
    except ReferralUnknown:
        referral = None
    contact = await unit.contacts.get(contact_id)
    if contact is None:
        raise ContactMissing
    return contact, referral


async def _pass_on(referral: Referral | None, contact: Contact, to: UUID, unit: MatchingUnit, *, by: UUID) -> None:
    if referral is not None and referral.is_active and referral.contact_id == contact.id:
        unit.outbox.append(*referral.replace_contact(to, by=by, at=unit.now))
        await unit.referrals.save(referral)
