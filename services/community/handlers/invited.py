"""Whoever was invited and did not answer: asked once more, and told when the gathering moves or is off."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from services.community.domain.gathering import Gathering
from services.community.domain.invitation import ASKED_AGAIN_AFTER, Invitation
from services.community.ports import CommunityUnit
from shared.unit_of_work import Timer

ASK_AGAIN: Final = "ask again"


async def tell_invited_that_it_moved(gathering: Gathering, unit: CommunityUnit) -> None:
    """Whoever did not answer; who was not asked once more yet, is so in time."""
    for invitation in await unit.invitations.list_of(gathering.id):
        unit.outbox.append(*invitation.moved(unit.now))
        if invitation.waits:
            watch_invitation(invitation, gathering, unit)


async def tell_invited_that_it_is_off(gathering: Gathering, unit: CommunityUnit) -> None:
    """The same, and nobody is asked again."""
    for invitation in await unit.invitations.list_of(gathering.id):
        unit.outbox.append(*invitation.called_off(unit.now))
        unit.timers.clear(invitation_key(invitation.id))


def watch_invitation(invitation: Invitation, gathering: Gathering, unit: CommunityUnit) -> None:
    """When it is asked once more: in the morning; and not on the day itself."""
    day = unit.city.day_of(unit.now + ASKED_AGAIN_AFTER)
    last = unit.city.day_of(gathering.details.starts_at) - timedelta(days=1)
    at = unit.city.instant_of(min(day, last), unit.city.follow_up.asked_at)
    if at > unit.now:
        unit.timers.set(Timer(invitation_key(invitation.id), ASK_AGAIN, invitation.id, at))
    else:
        unit.timers.clear(invitation_key(invitation.id))


def invitation_key(invitation_id: UUID) -> str:
    """What the timer of an invitation is called."""
    return f"invitation:{invitation_id}"
