"""Joining the network: somebody asks to, confirms the address, and the desk says yes or no.

An address that we know is treated as any other: nobody finds out here who is in the network.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.matching.domain.application import Application, ApplicationState, Asked
from services.matching.domain.entry_errors import ApplicationUnknown
from services.matching.domain.network import Person
from services.matching.handlers.network import identity
from services.matching.handlers.people import take_in
from services.matching.ports import MatchingUnit
from shared.events.base import Role
from shared.events.desk_codes import ApplicationRefusal

# What an address gets, unasked, on one day.
MOST_UNCONFIRMED: Final = 5


async def start_application(asked: Asked, unit: MatchingUnit) -> UUID:
    """Keep what was filled in; a mail goes to the address that was given, so many times a day.

    After that the newest of those mails opens what was filled in last: a stranger keeps nobody out.
    """
    unconfirmed = await unit.applications.list_unconfirmed(asked.email, unit.now - timedelta(days=1))
    if len(unconfirmed) >= MOST_UNCONFIRMED:
        newest = unconfirmed[0]
        newest.asked = asked
        await unit.applications.save(newest)
        return newest.id
    application = Application(unit.ids.new(), asked, started_at=unit.now)
    await unit.applications.save(application)
    unit.outbox.append(application.started())
    return application.id


async def confirm_application(application_id: UUID, unit: MatchingUnit) -> Application:
    """The address is theirs: the desk looks. Once more changes nothing. Raises ApplicationUnknown."""
    application = await _locked(application_id, unit)
    applied = application.confirm(at=unit.now)
    if applied is not None:
        await unit.applications.save(application)
        unit.outbox.append(applied)
    return application


async def accept_application(application_id: UUID, by: UUID, unit: MatchingUnit) -> UUID:
    """They are on the map, and their first person may say who their colleagues are. Returns the organisation.

    A second yes changes nothing.

    Raises ApplicationUnknown, ApplicationSettled.
    """
    application = await _locked(application_id, unit)
    if application.organisation_id is not None:
        return application.organisation_id
    organisation_id = identity("organisation", application.asked.name)
    if await unit.organisations.get(organisation_id) is not None:
        # The same name; whether it is the same organisation, only a person can tell.
        organisation_id = unit.ids.new()
    role = Role.AMBASSADOR if application.asked.asks_for_families else Role.PARTNER
    asked = application.asked
    # The address was confirmed, so whoever has it already is meant.
    newcomer = Person(unit.ids.new(), asked.contact_name, asked.email, asked.phone)
    person = await take_in(newcomer.joining(organisation_id, role, leads=True), unit, by=by)
    accepted = application.accept(organisation_id, person.id, by=by, at=unit.now)
    organisation = application.organisation(organisation_id, at=unit.now)
    organisation = replace(organisation, kept=replace(organisation.kept, verified_by=person.id))
    await unit.organisations.save(organisation)
    unit.outbox.append(organisation.listed(at=unit.now))
    if not application.asked.asks_for_families:
        service = application.service(unit.ids.new(), organisation_id, person.id, at=unit.now)
        await unit.services.save(service)
        unit.outbox.append(service.listed(at=unit.now))
    await unit.applications.save(application)
    unit.outbox.append(accepted)
    return organisation_id


async def refuse_application(application_id: UUID, reason: ApplicationRefusal, by: UUID, unit: MatchingUnit) -> None:
    """They hear why. Raises ApplicationUnknown, ApplicationSettled."""
    application = await _locked(application_id, unit)
    refused = application.refuse(reason, by=by, at=unit.now)
    await unit.applications.save(application)
    unit.outbox.append(refused)


async def forget_old_applications(unit: MatchingUnit) -> None:
    """Delete what people filled in, some weeks after it was settled, or when the address was never confirmed."""
    await unit.applications.forget(unit.now - timedelta(weeks=unit.city.retention.application_weeks))


def may_be_confirmed(application: Application) -> bool:
    """Whether the mail with the link still has something to open."""
    return application.state is ApplicationState.STARTED


async def _locked(application_id: UUID, unit: MatchingUnit) -> Application:
    application = await unit.applications.get(application_id)
    if application is None:
        raise ApplicationUnknown
    return application
