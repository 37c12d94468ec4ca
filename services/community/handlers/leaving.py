"""Somebody left the network: who they are goes from what they hosted, were asked for, proposed, signed and followed.

Their sign-ups are of an address, not of a person, and go four weeks after the gathering as everybody's do.
"""

from uuid import UUID

from services.community.domain.hosting import STANDING, TurnState
from services.community.handlers.expertise import let_expert_go
from services.community.handlers.feeds import stop_feed_of_person
from services.community.handlers.hosting import ask_in_place_of, stop_hosting
from services.community.handlers.topics import let_proposer_go
from services.community.handlers.vision import withdraw_signature
from services.community.ports import CommunityUnit
from shared.access.members import Member, keep_member
from shared.events.directory import PersonListed


async def keep_who_is_there(event: PersonListed, unit: CommunityUnit) -> None:
    """What somebody may do; nothing at all of whoever left."""
    await keep_member(event, unit)
    if not Member.of(event).standing:
        await _let_go(event.subject, unit)


async def _let_go(person_id: UUID, unit: CommunityUnit) -> None:
    await stop_hosting(person_id, unit)
    await let_expert_go(person_id, unit)
    await let_proposer_go(person_id, unit)
    await withdraw_signature(person_id, unit)
    await stop_feed_of_person(person_id, unit)
    await unit.introductions.forget_of_person(person_id)
    await unit.invitations.remove(await unit.invitations.list_of_person(person_id))
    turns = await unit.turns.list_of_person(person_id, frozenset(TurnState))
    for turn in turns:
        # Held before the turn goes, as by everybody who changes one.
        gathering = await unit.gatherings.get(turn.gathering_id)
        await unit.turns.remove(turn.id)
        if gathering is not None and turn.state in STANDING:
            await ask_in_place_of(turn, gathering, unit)
