"""Somebody who looked at the map says that an offer is not right: its organisation and the desk hear of it."""

from dataclasses import replace
from uuid import UUID

from services.matching.domain.errors import NotOnTheMap
from services.matching.handlers.entry_checks import who_knows
from services.matching.ports import MatchingUnit
from shared.events.directory import EntryMistake, EntryReported


async def report_mistake(service_id: UUID, mistake: EntryMistake, unit: MatchingUnit) -> None:
    """One person more says so; once enough did, more of it changes nothing. Raises NotOnTheMap."""
    known = await unit.services.read(service_id)
    organisation = await unit.organisations.get(known.organisation_id) if known else None
    service = await unit.services.get(service_id)
    if organisation is None or service is None or not service.on_map:
        raise NotOnTheMap
    kept = service.kept.reported_wrong(mistake, at=unit.now)
    if kept == service.kept:
        return
    await unit.services.save(replace(service, kept=kept))
    fact = EntryReported(
        subject=organisation.id,
        occurred_at=unit.now,
        service_id=service_id,
        mistake=mistake,
        doubtful=kept.is_reported,
        person_id=await who_knows(organisation, unit),
    )
    unit.outbox.append(fact)
