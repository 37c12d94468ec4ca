"""Asking somebody who is not on the map: they become a partner of this one question, and nobody else finds them."""

from dataclasses import dataclass, replace

from services.matching.commands import NewContact
from services.matching.domain.desk_errors import AlreadyTakesPart, FamilyDoesNotWant
from services.matching.domain.errors import ContactLeft
from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.search_history import ChoiceKind
from services.matching.handlers.desk_needs import (
    DeskAct,
    NeedInHand,
    check_sought,
    choice_of,
    is_done_already,
    lock_need,
)
from services.matching.handlers.desk_search import ask_in_place
from services.matching.handlers.people import list_person
from services.matching.ports import MatchingUnit
from shared.events.base import Role
from shared.events.desk_codes import ChoiceReason


@dataclass(frozen=True, slots=True)
class Outsider:
    """An organisation that is not on the map, and who reads its mail."""

    organisation: str
    contact: NewContact


async def ask_outside(act: DeskAct, outsider: Outsider, reason: ChoiceReason, unit: MatchingUnit) -> None:
    """Ask them, in the place of a partner that did not answer yes or no. They answer by the mailed link.

    Raises ChangedMeanwhile, CaseNotOpen, NeedNotSought, AlreadyTakesPart, ContactLeft, FamilyDoesNotWant.
    """
    hand = await lock_need(act, unit)
    choice = choice_of(act, ChoiceKind.ASK_OUTSIDE, hand, unit, reason)
    if is_done_already(choice, act, hand):
        return
    check_sought(hand)
    organisation, contact = await _known_or_new(outsider, unit)
    if organisation.id in hand.case.excluded:
        raise FamilyDoesNotWant
    service = await _service_for(hand, organisation, contact, unit)
    await ask_in_place(hand, service, (), replace(choice, service_id=service.id), unit)


async def _known_or_new(outsider: Outsider, unit: MatchingUnit) -> tuple[Organisation, Person]:
    """The same address asked before outside the map is the same organisation."""
    typed = outsider.contact
    nobody_yet = Person(unit.ids.new(), typed.name, typed.email, typed.phone)
    organisation = Organisation(unit.ids.new(), outsider.organisation, on_map=False)
    newcomer = nobody_yet.joining(organisation.id, Role.PARTNER)
    person = await unit.people.add(newcomer)
    if person == newcomer:
        await unit.organisations.save(organisation)
        unit.outbox.append(organisation.listed(at=unit.now))
        await list_person(person, unit)
        return organisation, person
    if not person.active:
        raise ContactLeft(unit.city)
    known = [await unit.organisations.read(each) for each in person.organisation_ids]
    outside = [one for one in known if one is not None and not one.on_map]
    if len(outside) != len(known) or not outside:
        raise AlreadyTakesPart
    return outside[0], person


async def _service_for(hand: NeedInHand, organisation: Organisation, contact: Person, unit: MatchingUnit) -> Service:
    """What they are asked for, for this question only; it takes a name, because pages and mails call it something."""
    service = Service(
        id=unit.ids.new(),
        organisation_id=organisation.id,
        name=unit.city.categories.words(hand.need.category),
        categories=(hand.need.category,),
        contact_ids=(contact.id,),
        on_map=False,
    )
    await unit.services.save(service)
    unit.outbox.append(service.listed(at=unit.now))
    return service
