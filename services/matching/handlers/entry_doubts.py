"""Entries that can no longer be relied on: mail to their contact does not arrive, or nobody confirmed them for long."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from services.matching.domain.network import Organisation, Service
from services.matching.handlers.entry_checks import who_knows
from services.matching.ports import MatchingUnit
from shared.events.directory import EntryDoubted, EntryHidden
from shared.events.notify import AddressFlagged

# As many organisations as an hour of asking reaches: after an import of thousands nothing falls silent at once.
MOST_AT_ONCE: Final = 50


async def doubt_entries(event: AddressFlagged, unit: MatchingUnit) -> None:
    """Mail to somebody does not arrive: the offers that they are contact of weigh less, and the desk calls."""
    person = await unit.people.read(event.subject)
    for organisation_id in person.organisation_ids if person else ():
        organisation = await unit.organisations.get(organisation_id)
        doubted = [
            replace(service, kept=replace(service.kept, doubted_at=unit.now))
            for service in await _offers_of(organisation, unit)
            if event.subject in service.contact_ids and service.kept.is_doubted_by_mail_of(event.occurred_at)
        ]
        for service in doubted:
            await unit.services.save(service)
        if doubted:
            ids = tuple(one.id for one in doubted)
            fact = EntryDoubted(subject=organisation_id, occurred_at=unit.now, service_ids=ids, person_id=event.subject)
            unit.outbox.append(fact)


async def hide_unconfirmed(unit: MatchingUnit) -> None:
    """Nobody finds any more what nobody confirmed for too long, though it was asked as often as the city asks."""
    terms = unit.city.entries
    after = timedelta(days=terms.hide_after_days)
    for organisation in await unit.organisations.list_to_hide(unit.now - after, terms.ask_at_most, MOST_AT_ONCE):
        hidden = [
            replace(service, kept=service.kept.hidden(at=unit.now))
            for service in await _offers_of(organisation, unit)
            if service.kept.hidden_at is None and service.kept.is_unconfirmed(at=unit.now, after=after)
        ]
        for service in hidden:
            await unit.services.save(service)
        ids, person_id = tuple(one.id for one in hidden), await who_knows(organisation, unit)
        fact = EntryHidden(subject=organisation.id, occurred_at=unit.now, service_ids=ids, person_id=person_id)
        unit.outbox.append(fact)


async def _offers_of(organisation: Organisation | None, unit: MatchingUnit) -> list[Service]:
    """What people can find of it, each locked; the organisation is locked before, as whoever changes an entry does."""
    known = await unit.services.list_of_organisation(organisation.id) if organisation else []
    locked = [await unit.services.get(one.id) for one in known]
    return [one for one in locked if one is not None and one.active and one.on_map]
