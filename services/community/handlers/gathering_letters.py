"""What notify asks when it mails somebody of the network about a gathering: what it tells, and the calendar file.

Matching knows where it goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from services.community.domain.expertise import AskState
from services.community.domain.gathering import Gathering, GatheringState
from services.community.domain.hosting import PROMISED, STANDING, TurnState
from services.community.domain.invitation import InvitationState
from services.community.domain.place import Place
from services.community.domain.seat import SeatState
from services.community.handlers.gatherings import place_of
from services.community.handlers.invitations import INVITATION_LINK
from services.community.handlers.programme import show_programme
from services.community.handlers.reports import has_heard_of_report
from services.community.ports import CommunityUnit
from shared.events.gathering_letters import CalendarMethod, GatheringOccasion

_OF_TURNS: Final[Mapping[GatheringOccasion, frozenset[TurnState]]] = {
    GatheringOccasion.HOST_ASKED: frozenset({TurnState.PROPOSED}),
    GatheringOccasion.HOST_ACCEPTED: PROMISED,
    GatheringOccasion.HOST_REMINDER: PROMISED,
    GatheringOccasion.HOST_MOVED: STANDING,
    GatheringOccasion.HOST_CALLED_OFF: frozenset({TurnState.REVOKED}),
    GatheringOccasion.HOST_SWAPPED: frozenset({TurnState.SWAPPED}),
}
_OF_ASKS: Final[Mapping[GatheringOccasion, AskState]] = {
    GatheringOccasion.EXPERT_ASKED: AskState.ASKED,
    GatheringOccasion.EXPERT_MOVED: AskState.AGREED,
    GatheringOccasion.EXPERT_REMINDER: AskState.AGREED,
    GatheringOccasion.EXPERT_CALLED_OFF: AskState.OVER,
}
_LEAVES: Final = frozenset({GatheringOccasion.HOST_CALLED_OFF, GatheringOccasion.HOST_SWAPPED})


@dataclass(frozen=True, slots=True)
class GatheringLetter:
    """All that a mail about a gathering needs. `revision`: how much further the reader's entry is than that."""

    gathering: Gathering
    place: Place | None
    coming: int = 0
    method: CalendarMethod | None = None
    revision: int = 0
    token: str = ""
    programme: tuple[str, ...] = ()


async def prepare_gathering_letter(
    about_id: UUID, occasion: GatheringOccasion, reader: str, unit: CommunityUnit
) -> GatheringLetter | None:
    """None: what the mail is about is over, or goes to this address already."""
    if occasion is GatheringOccasion.REPORT:
        return await _of_report(about_id, reader, unit)
    if occasion in _OF_TURNS:
        letter = await _of_turn(about_id, occasion, unit)
    elif occasion in _OF_ASKS:
        letter = await _of_ask(about_id, occasion, unit)
    else:
        letter = await _of_invitation(about_id, occasion, unit)
    return replace(letter, programme=(await show_programme(letter.gathering.id, unit)).lines) if letter else None


async def _of_report(gathering_id: UUID, reader: str, unit: CommunityUnit) -> GatheringLetter | None:
    gathering = await unit.gatherings.read(gathering_id)
    if gathering is None or gathering.state is not GatheringState.REPORTED:
        return None
    return None if await has_heard_of_report(gathering, reader, unit) else GatheringLetter(gathering, None)


async def _of_invitation(about_id: UUID, occasion: GatheringOccasion, unit: CommunityUnit) -> GatheringLetter | None:
    invitation = await unit.invitations.read(about_id)
    gathering = await unit.gatherings.read(invitation.gathering_id) if invitation else None
    if invitation is None or gathering is None or invitation.state is not InvitationState.OPEN:
        return None
    if occasion is GatheringOccasion.INVITED_CALLED_OFF:
        return GatheringLetter(gathering, None) if gathering.state is GatheringState.CANCELLED else None
    if not gathering.is_ahead(unit.now):
        return None
    ends_at = gathering.details.ends_at
    link = await unit.links.mint(INVITATION_LINK, invitation.id, invitation.person_id, ends_at)
    return GatheringLetter(gathering, await place_of(gathering.details, unit), token=link.token)


async def _of_turn(about_id: UUID, occasion: GatheringOccasion, unit: CommunityUnit) -> GatheringLetter | None:
    turn = await unit.turns.get(about_id)
    gathering = await unit.gatherings.read(turn.gathering_id) if turn else None
    if turn is None or gathering is None or turn.state not in _OF_TURNS[occasion]:
        return None
    is_off = occasion is GatheringOccasion.HOST_CALLED_OFF
    if is_off != (gathering.state is GatheringState.CANCELLED):
        return None
    leaves = occasion in _LEAVES
    method = CalendarMethod.CANCEL if leaves else CalendarMethod.REQUEST
    return GatheringLetter(
        gathering,
        await place_of(gathering.details, unit),
        coming=await unit.seats.count(gathering.id, {SeatState.CONFIRMED}),
        method=method if turn.in_calendar else None,
        # What is off has a further sequence already; whoever swapped leaves what goes on for the others.
        revision=1 if leaves and not is_off else 0,
    )


async def _of_ask(about_id: UUID, occasion: GatheringOccasion, unit: CommunityUnit) -> GatheringLetter | None:
    ask = await unit.expert_asks.get(about_id)
    gathering = await unit.gatherings.read(ask.gathering_id) if ask else None
    if ask is None or gathering is None or ask.state is not _OF_ASKS[occasion]:
        return None
    is_off = occasion is GatheringOccasion.EXPERT_CALLED_OFF
    if is_off != (gathering.state is GatheringState.CANCELLED):
        return None
    return GatheringLetter(gathering, await place_of(gathering.details, unit))
