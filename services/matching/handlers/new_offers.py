"""Something more that an organisation offers: the desk adds it, or the organisation proposes it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.matching.domain.entry import Proposal, ProposalState, fields_of_offer, nothing_yet
from services.matching.domain.entry_errors import ProposalUnknown
from services.matching.domain.network import Service
from services.matching.handlers.entries import list_new, lock_entry
from services.matching.ports import MatchingUnit


async def propose_offer(organisation_id: UUID, wanted: Mapping[str, Any], by: UUID, unit: MatchingUnit) -> None:
    """The desk looks at it first. The same once more, while it waits, changes nothing. Raises NotOnTheMap."""
    await lock_entry(organisation_id, None, unit)
    changes = fields_of_offer(wanted)
    waiting = [one for one in await unit.proposals.list_waiting() if one.organisation_id == organisation_id]
    if any(one.is_new and one.changes == changes for one in waiting):
        return
    proposal = Proposal(
        id=unit.ids.new(),
        organisation_id=organisation_id,
        service_id=unit.ids.new(),
        changes=changes,
        state=ProposalState.WAITING,
        proposed_by=by,
        proposed_at=unit.now,
        is_new=True,
    )
    await unit.proposals.save(proposal)
    unit.outbox.append(proposal.proposed())


async def read_proposed_offer(organisation_id: UUID, proposal_id: UUID | None, unit: MatchingUnit) -> Proposal | None:
    """What the desk has in hand while it adds an offer. Raises ProposalUnknown, also for that of another one."""
    if proposal_id is None:
        return None
    proposal = await unit.proposals.read(proposal_id)
    if proposal is None or not proposal.is_new or proposal.organisation_id != organisation_id:
        raise ProposalUnknown
    return proposal


async def list_offer(
    organisation_id: UUID, wanted: Mapping[str, Any], by: UUID, unit: MatchingUnit, *, settles: UUID | None = None
) -> None:
    """The desk puts it on the map. `settles`: the proposal that it had in mind.

    Raises NotOnTheMap, ProposalUnknown, ProposalSettled.
    """
    await lock_entry(organisation_id, None, unit)
    if settles is None:
        await list_new(Service(unit.ids.new(), organisation_id, **wanted), unit)
        return
    await read_proposed_offer(organisation_id, settles, unit)
    proposal = await unit.proposals.get(settles)
    if proposal is None:
        raise ProposalUnknown
    offer = Service(nothing_yet(proposal).id, organisation_id, **wanted)
    unit.outbox.append(proposal.settle(fields_of_offer(wanted), version=1, by=by, at=unit.now))
    await unit.proposals.save(proposal)
    await list_new(offer, unit)
