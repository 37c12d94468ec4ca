"""What notify asks when it mails whoever follows themes of gatherings."""

from dataclasses import dataclass
from uuid import UUID

from services.community.domain.following import FOLLOW_LASTS
from services.community.domain.gathering import Gathering, GatheringState
from services.community.domain.place import Place
from services.community.handlers.following import FOLLOW_LINK
from services.community.handlers.gatherings import place_of
from services.community.handlers.programme import show_programme
from services.community.ports import CommunityUnit
from shared.events.follow_letters import FollowOccasion


@dataclass(frozen=True, slots=True)
class FollowLetter:
    """All that such a mail needs: an address or a person, and the gathering unless it asks for a yes."""

    token: str
    email: str | None
    person_id: UUID | None
    gathering: Gathering | None = None
    place: Place | None = None
    programme: tuple[str, ...] = ()


async def prepare_follow_letter(
    follower_id: UUID, gathering_id: UUID, occasion: FollowOccasion, unit: CommunityUnit
) -> FollowLetter | None:
    """None: there is nothing to confirm or to tell any more."""
    follower = await unit.followers.read(follower_id)
    if follower is None:
        return None
    email = (await unit.followers.open_each([follower.id])).get(follower.id)
    if email is None and follower.person_id is None:
        return None
    gathering = None
    if occasion is FollowOccasion.CONFIRM:
        if not follower.wanted:
            return None
    else:
        gathering = await unit.gatherings.read(gathering_id)
        if gathering is None or not gathering.themes & follower.themes or not _is_of_now(occasion, gathering, unit):
            return None
    link = await unit.links.mint(FOLLOW_LINK, follower.id, follower.person_id or follower.id, unit.now + FOLLOW_LASTS)
    if gathering is None:
        return FollowLetter(link.token, email, follower.person_id)
    place, programme = await place_of(gathering.details, unit), await show_programme(gathering.id, unit)
    return FollowLetter(link.token, email, follower.person_id, gathering, place, programme.lines)


def _is_of_now(occasion: FollowOccasion, gathering: Gathering, unit: CommunityUnit) -> bool:
    if occasion is FollowOccasion.ANNOUNCED:
        return gathering.is_ahead(unit.now)
    return gathering.state is GatheringState.REPORTED
