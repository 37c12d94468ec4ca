"""Somebody left the network: who they are goes from what they hosted, told, proposed, signed, agreed with and followed.

Their sign-ups are of an address, not of a person, and go four weeks after the gathering as everybody's do.
"""

from uuid import UUID

from services.community.domain.hosting import STANDING, TurnState
from services.community.handlers.cards import let_card_go
from services.community.handlers.check_ins import let_check_ins_go
from services.community.handlers.company import let_companion_go
from services.community.handlers.examples import let_writer_go
from services.community.handlers.expertise import let_expert_go
from services.community.handlers.feeds import stop_feed_of_person
from services.community.handlers.following import stop_following_as_person
from services.community.handlers.hosting import ask_in_place_of, stop_hosting
from services.community.handlers.knowledge_reviews import let_owner_go
from services.community.handlers.load import let_load_go
from services.community.handlers.passport import erase_passport
from services.community.handlers.sparring_outcome import let_sparring_go
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


async def _let_go_of_access(person_id: UUID, unit: CommunityUnit) -> None:
    """Nobody reads what people need, until somebody else says that they do; of what is to come the desk hears it."""
    for known in await unit.gatherings.list_with_contact(person_id):
        gathering = await unit.gatherings.get(known)
        if gathering is not None and gathering.contact_person_id == person_id:
            unit.outbox.append(*gathering.lose_contact(unit.now))
            await unit.gatherings.save(gathering)


async def _let_go(person_id: UUID, unit: CommunityUnit) -> None:
    await stop_hosting(person_id, unit)
    await _let_go_of_access(person_id, unit)
    await let_expert_go(person_id, unit)
    await let_proposer_go(person_id, unit)
    await let_writer_go(person_id, unit)
    await let_owner_go(person_id, unit)
    await let_companion_go(person_id, unit)
    await withdraw_signature(person_id, unit)
    await stop_feed_of_person(person_id, unit)
    await stop_following_as_person(person_id, unit)
    await let_card_go(person_id, unit)
    await let_load_go(person_id, unit)
    await let_check_ins_go(person_id, unit)
    await unit.care.thanks.forget_person(person_id)
    await let_sparring_go(person_id, unit)
    await unit.places.forget_person(person_id)
    await unit.introductions.forget_of_person(person_id)
    await unit.notices.forget_person(person_id)
    await erase_passport(person_id, unit)
    await unit.invitations.remove(await unit.invitations.list_of_person(person_id))
    turns = await unit.turns.list_of_person(person_id, frozenset(TurnState))
    for turn in turns:
        # Held before the turn goes, as by everybody who changes one.
        gathering = await unit.gatherings.get(turn.gathering_id)
        await unit.turns.remove(turn.id)
        if gathering is not None and turn.state in STANDING:
            await ask_in_place_of(turn, gathering, unit)
