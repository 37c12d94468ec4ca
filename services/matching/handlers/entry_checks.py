"""Asking whether what stands on the map is still right: one mail for all of an organisation, and at last the desk."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from services.matching.domain.network import Organisation, Person
from services.matching.ports import MatchingUnit
from shared.events.base import Role
from shared.events.directory import EntryCheckDue, EntryCheckMissed

# After an import of thousands the mails come spread over days, the longest unconfirmed first.
MOST_AT_ONCE = 50


async def ask_for_checks(unit: MatchingUnit) -> None:
    """Ask one of the people of each organisation that nobody confirmed for too long, again after a while."""
    terms = unit.city.entries
    before = unit.now - timedelta(days=terms.check_every_days)
    asked_before = unit.now - timedelta(days=terms.remind_after_days)
    for organisation in await unit.organisations.list_unchecked(before, asked_before, MOST_AT_ONCE):
        await _ask(organisation, unit)


async def _ask(organisation: Organisation, unit: MatchingUnit) -> None:
    person = await who_knows(organisation, unit)
    number, most = organisation.checks_asked + 1, unit.city.entries.ask_at_most
    asked = replace(organisation, checks_asked=min(number, most + 1), check_asked_at=unit.now)
    await unit.organisations.save(asked)
    if person is None or number > most + 1:
        return
    if number > most:
        unit.outbox.append(EntryCheckMissed(subject=organisation.id, occurred_at=unit.now, person_id=person))
        return
    due = EntryCheckDue(subject=organisation.id, occurred_at=unit.now, person_id=person, number=number)
    unit.outbox.append(due)


async def who_knows(organisation: Organisation, unit: MatchingUnit) -> UUID | None:
    """Whoever leads, else a contact person of an offer, else anybody of the organisation."""
    people = {one.id: one for one in await unit.people.list_of_organisation(organisation.id)}
    if not people:
        return None
    services = await unit.services.list_of_organisation(organisation.id)
    contacts = [one for service in services if service.active for one in service.contact_ids if one in people]
    leading = [one.id for one in people.values() if _leads(one, organisation.id)]
    return next(iter([*leading, *contacts, *people]))


def _leads(person: Person, organisation_id: UUID) -> bool:
    return any(
        one.leads and one.role is Role.PARTNER for one in person.memberships if one.organisation_id == organisation_id
    )
