"""Keeping what stands on the map: by the organisation itself, and by the desk. What was changed is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.matching.domain.entry import (
    OF_THE_DESK,
    Changes,
    EntryT,
    Proposal,
    ProposalState,
    before,
    checked_fields,
    differences,
    free_fields,
    nothing_yet,
    with_changes,
)
from services.matching.domain.entry_errors import EntryChanged, ProposalUnknown
from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.network import Organisation, Service
from services.matching.ports import MatchingUnit


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody filled in for an entry of which they saw this version."""

    wanted: Mapping[str, Any]
    seen: int
    by: UUID


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it: what counts now, what waits for the desk, and what others changed in between."""

    live: Changes = ()
    waiting: Changes = ()
    by_others: frozenset[str] = frozenset()


async def lock_entry(organisation_id: UUID, service_id: UUID | None, unit: MatchingUnit) -> Organisation | Service:
    """The entry, of this organisation, that nobody else changes now. Raises NotOnTheMap."""
    organisation = await unit.organisations.get(organisation_id)
    entry = organisation if service_id is None else await unit.services.get(service_id)
    if organisation is None or entry is None or _owner_of(entry) != organisation_id:
        raise NotOnTheMap
    return entry


async def change_own_entry(entry: Organisation | Service, edit: Edit, unit: MatchingUnit) -> Saved:
    """The organisation changes its entry: some of it counts at once, some is a proposal. Raises EntryChanged."""
    wanted, by_others = await _merged(entry, edit, unit)
    live = differences(entry, wanted, free_fields(entry))
    changed = await _put_live(entry, live, edit.by, unit)
    waiting = differences(changed, wanted, checked_fields(entry))
    await _propose(changed, waiting, edit.by, unit)
    return Saved(live, waiting, by_others)


async def change_as_desk(
    entry: Organisation | Service, edit: Edit, unit: MatchingUnit, *, settles: UUID | None = None
) -> Saved:
    """The desk changes an entry: all of it counts at once. `settles`: a proposal for this entry that it had in mind.

    Raises EntryChanged, ProposalUnknown, ProposalSettled.
    """
    wanted, by_others = await _merged(entry, edit, unit)
    live = differences(entry, wanted, free_fields(entry) | checked_fields(entry) | OF_THE_DESK)
    changed = await _put_live(entry, live, edit.by, unit)
    if isinstance(changed, Organisation) and not changed.active:
        await _pause_all(changed, edit.by, unit)
    if settles is not None:
        proposal = await unit.proposals.get(settles)
        if proposal is None or not proposal.is_about(entry):
            raise ProposalUnknown
        unit.outbox.append(proposal.settle(live, version=changed.kept.version, by=edit.by, at=unit.now))
        await unit.proposals.save(proposal)
    return Saved(live, (), by_others)


async def list_new(entry: Organisation | Service, unit: MatchingUnit) -> None:
    """The desk put something new on the map."""
    await _save(replace(entry, kept=entry.kept.changed(at=unit.now)), unit)


async def settle_proposal(proposal_id: UUID, by: UUID, unit: MatchingUnit, *, accepted: bool) -> Proposal:
    """The desk takes it over, or not. Raises ProposalUnknown, ProposalSettled, NotOnTheMap."""
    proposal, entry = await _waiting(proposal_id, unit)
    changes = proposal.changes if accepted else ()
    wanted = {change.field: change.new for change in changes}
    changed = with_changes(entry, differences(entry, wanted, wanted), at=unit.now) if accepted else entry
    event = proposal.settle(changes, version=changed.kept.version, by=by, at=unit.now)
    if accepted:
        await _save(changed, unit)
        if isinstance(changed, Organisation) and not changed.active:
            await _pause_all(changed, by, unit)
    await unit.proposals.save(proposal)
    unit.outbox.append(event)
    return proposal


async def read_proposal(entry: Organisation | Service, proposal_id: UUID | None, unit: MatchingUnit) -> Proposal | None:
    """What the desk has in hand while it changes this entry. Raises ProposalUnknown, also for that of another entry."""
    if proposal_id is None:
        return None
    proposal = await unit.proposals.read(proposal_id)
    if proposal is None or not proposal.is_about(entry):
        raise ProposalUnknown
    return proposal


async def confirm_entries(organisation_id: UUID, by: UUID, unit: MatchingUnit) -> None:
    """Somebody of the organisation, or of the desk after a call, says that all of it is right."""
    organisation = await lock_entry(organisation_id, None, unit)
    assert isinstance(organisation, Organisation)  # noqa: S101 - no service was asked for
    for each in await unit.services.list_of_organisation(organisation_id):
        service = await unit.services.get(each.id)
        if service is not None and service.active:
            await unit.services.save(replace(service, kept=service.kept.verified(by=by, at=unit.now)))
    verified = organisation.kept.verified(by=by, at=unit.now)
    await unit.organisations.save(replace(organisation, kept=verified, checks_asked=0, check_asked_at=None))


async def confirm_by_answer(service_id: UUID, by: UUID, unit: MatchingUnit) -> None:
    """Whoever says yes to a question shows that the offer is right."""
    service = await unit.services.get(service_id)
    if service is not None:
        await unit.services.save(replace(service, kept=service.kept.verified(by=by, at=unit.now)))


async def stop_taking_part(organisation_id: UUID, by: UUID, unit: MatchingUnit) -> None:
    """The organisation stops: it is asked nothing new from now on, and the desk rounds it off."""
    organisation = await lock_entry(organisation_id, None, unit)
    assert isinstance(organisation, Organisation)  # noqa: S101 - no service was asked for
    await _pause_all(organisation, by, unit)
    await _propose(organisation, differences(organisation, {"active": False}, ("active",)), by, unit)


async def count_open_questions(services: list[Service], unit: MatchingUnit) -> int:
    """How many referrals are with these offers now."""
    return sum((await unit.referrals.count_open([service.id for service in services])).values())


async def _merged(entry: EntryT, edit: Edit, unit: MatchingUnit) -> tuple[dict[str, Any], frozenset[str]]:
    """What was filled in, laid over what others changed since; the same field twice is refused."""
    now = {name: getattr(entry, name) for name in edit.wanted}
    since = [one for one in await _history(entry, unit) if one.version > edit.seen]
    seen = {name: value for name, value in before(now, since).items() if name in now}
    by_others = frozenset(name for name in now if now[name] != seen[name])
    wanted = dict(edit.wanted)
    for name in by_others:
        if wanted[name] == seen[name]:
            wanted[name] = now[name]
    twice = {name: now[name] for name in by_others if wanted[name] != now[name]}
    # A version that nobody's change explains came by a file.
    unexplained = entry.kept.version > max([edit.seen, *(one.version for one in since)])
    if twice or (unexplained and wanted != now):
        raise EntryChanged(twice or {n: now[n] for n in now if wanted[n] != now[n]}, entry.kept.version)
    return wanted, by_others


async def _history(entry: Organisation | Service, unit: MatchingUnit) -> list[Proposal]:
    counted = {ProposalState.LIVE, ProposalState.ACCEPTED}
    service_id = None if isinstance(entry, Organisation) else entry.id
    changes = await unit.proposals.list_of_organisation(_owner_of(entry))
    return [one for one in changes if one.service_id == service_id and one.state in counted]


async def _put_live(entry: EntryT, changes: Changes, by: UUID, unit: MatchingUnit) -> EntryT:
    if not changes:
        return entry
    changed = with_changes(entry, changes, at=unit.now)
    await _save(changed, unit)
    await unit.proposals.save(_kept(changed, changes, ProposalState.LIVE, by, unit))
    return changed


async def _propose(entry: Organisation | Service, changes: Changes, by: UUID, unit: MatchingUnit) -> None:
    service_id = None if isinstance(entry, Organisation) else entry.id
    waiting = [one for one in await unit.proposals.list_waiting() if one.organisation_id == _owner_of(entry)]
    for older in waiting:
        if older.service_id != service_id or older.changes == changes:
            continue
        older.replace_by_newer(at=unit.now)
        await unit.proposals.save(older)
    if changes and not any(one.service_id == service_id and one.changes == changes for one in waiting):
        proposal = _kept(entry, changes, ProposalState.WAITING, by, unit)
        await unit.proposals.save(proposal)
        unit.outbox.append(proposal.proposed())


def _kept(
    entry: Organisation | Service, changes: Changes, state: ProposalState, by: UUID, unit: MatchingUnit
) -> Proposal:
    service_id = None if isinstance(entry, Organisation) else entry.id
    return Proposal(
        id=unit.ids.new(),
        organisation_id=_owner_of(entry),
        service_id=service_id,
        changes=changes,
        state=state,
        proposed_by=by,
        proposed_at=unit.now,
        version=entry.kept.version if state is ProposalState.LIVE else 0,
    )


async def _waiting(proposal_id: UUID, unit: MatchingUnit) -> tuple[Proposal, Organisation | Service]:
    known = await unit.proposals.read(proposal_id)
    if known is None:
        raise ProposalUnknown
    entry = await lock_entry(known.organisation_id, None if known.is_new else known.service_id, unit)
    proposal = await unit.proposals.get(proposal_id)
    if proposal is None:
        raise ProposalUnknown
    return proposal, nothing_yet(proposal) if proposal.is_new else entry


async def _pause_all(organisation: Organisation, by: UUID, unit: MatchingUnit) -> None:
    for each in await unit.services.list_of_organisation(organisation.id):
        service = await unit.services.get(each.id)
        if service is not None and service.active:
            await _put_live(service, differences(service, {"active": False}, ("active",)), by, unit)


async def _save(entry: Organisation | Service, unit: MatchingUnit) -> None:
    if isinstance(entry, Organisation):
        await unit.organisations.save(entry)
        unit.outbox.append(entry.listed(at=unit.now))
    else:
        await unit.services.save(entry)
        unit.outbox.append(entry.listed(at=unit.now))


def _owner_of(entry: Organisation | Service) -> UUID:
    return entry.id if isinstance(entry, Organisation) else entry.organisation_id
