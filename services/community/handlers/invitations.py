"""Invitations: the desk asks people of the network, who say yes by signing up, or no; or are asked once more."""

from collections import Counter
from collections.abc import Collection
from typing import Final
from uuid import UUID

from services.community.domain.errors import InvitationNotFound, NotInThisState
from services.community.domain.gathering import Gathering
from services.community.domain.invitation import Invitation, InvitationState
from services.community.domain.seat import FORGOTTEN_AFTER
from services.community.handlers.forgetting import FORGOTTEN_AT_ONCE
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.invited import invitation_key, watch_invitation
from services.community.ports import CommunityUnit
from shared.unit_of_work import Timer

INVITATION_LINK: Final = "invitation"


async def invite(gathering_id: UUID, people: Collection[UUID], unit: CommunityUnit) -> int:
    """Each of them gets a mail, but who was asked before or left; how many that are.

    Raises GatheringNotFound or NotInThisState.
    """
    gathering = await unit.gatherings.get(gathering_id) or await find_gathering(gathering_id, unit)
    if not gathering.is_ahead(unit.now):
        raise NotInThisState("Uitnodigen kan als de bijeenkomst is aangekondigd en nog niet is begonnen.")
    asked = {one.person_id for one in await unit.invitations.list_of(gathering.id)}
    members = await unit.members.read_many(set(people) - asked)
    new = sorted(person_id for person_id, member in members.items() if member.standing)
    for person_id in new:
        invitation = Invitation(unit.ids.new(), gathering.id, person_id)
        await unit.invitations.save(invitation)
        unit.outbox.append(*invitation.send(unit.now))
        watch_invitation(invitation, gathering, unit)
    return len(new)


async def ask_again(timer: Timer, unit: CommunityUnit) -> None:
    """Who did not answer, once, while there is something to come to."""
    invitation = await unit.invitations.get(timer.subject)
    gathering = await unit.gatherings.read(invitation.gathering_id) if invitation else None
    if invitation is not None and gathering is not None and gathering.is_ahead(unit.now):
        unit.outbox.append(*invitation.remind(unit.now))
        await unit.invitations.save(invitation)


async def invitation_of_link(token: str, unit: CommunityUnit) -> tuple[Invitation, Gathering]:
    """What a mailed link opens. Raises InvitationNotFound, GatheringNotFound or LinkExpired."""
    grant = await unit.links.resolve(token, INVITATION_LINK)
    invitation = await unit.invitations.read(grant.subject_id) if grant else None
    if invitation is None:
        raise InvitationNotFound
    return invitation, await find_gathering(invitation.gathering_id, unit)


async def answer_invitation(invitation_id: UUID, state: InvitationState, unit: CommunityUnit) -> None:
    """Yes or no, as often as somebody changes their mind. Raises InvitationNotFound."""
    invitation = await unit.invitations.get(invitation_id)
    if invitation is None:
        raise InvitationNotFound
    invitation.state = state
    await unit.invitations.save(invitation)
    unit.timers.clear(invitation_key(invitation.id))


async def show_invited(gathering_id: UUID, unit: CommunityUnit) -> tuple[frozenset[UUID], Counter[InvitationState]]:
    """Who was asked, and how many said what."""
    found = await unit.invitations.list_of(gathering_id)
    return frozenset(one.person_id for one in found), Counter(one.state for one in found)


async def forget_invitations(unit: CommunityUnit) -> None:
    """Four weeks after the gathering, as who came."""
    await unit.invitations.remove(await unit.invitations.list_over(unit.now - FORGOTTEN_AFTER, FORGOTTEN_AT_ONCE))
