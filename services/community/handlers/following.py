"""Following themes of gatherings: asked for and confirmed, chosen anew, stopped; and told of each gathering once."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from services.community.domain.errors import FollowerNotFound, GatheringNotFound, NotInThisState
from services.community.domain.following import FOLLOW_LASTS, Follower
from services.community.domain.gathering import Gathering
from services.community.domain.seat import CONFIRM_WITHIN
from services.community.handlers.feeds import digest_of_address
from services.community.handlers.forgetting import FORGOTTEN_AT_ONCE
from services.community.ports import CommunityUnit
from shared.kernel.translatable import to_translate

FOLLOW_LINK: Final = "follow"


async def ask_to_follow(email: str, themes: frozenset[str], unit: CommunityUnit) -> None:
    """The address gets a mail, whether it follows something already or not."""
    digest = digest_of_address(email, unit)
    follower = await unit.followers.find_of_address(digest)
    if follower is None:
        follower = Follower(unit.ids.new(), unit.now)
        if not await unit.followers.add(follower, email, digest):
            # Somebody typed it at this very moment: that mail is enough.
            return
    unit.outbox.append(*follower.request(themes, unit.now))
    await unit.followers.save(follower)


async def confirm_follow(follower_id: UUID, unit: CommunityUnit) -> None:
    """From now on there are mails. Raises FollowerNotFound, NotInThisState or SignUpClosed."""
    follower = await _held(follower_id, unit)
    follower.confirm(unit.now)
    await unit.followers.save(follower)


async def choose_themes(follower_id: UUID, themes: frozenset[str], unit: CommunityUnit) -> None:
    """These and no others; none at all is the end of it. Raises FollowerNotFound, or NotInThisState before a yes."""
    follower = await _held(follower_id, unit)
    if follower.confirmed_at is None:
        raise NotInThisState(to_translate("Bevestig eerst dat dit jouw adres is."))
    await _choose(follower, themes, unit)


async def stop_following(follower_id: UUID, unit: CommunityUnit) -> None:
    """No mails any more, and nobody can tell that there were."""
    await unit.followers.remove([follower_id])


async def follow_as_person(person_id: UUID, themes: frozenset[str], unit: CommunityUnit) -> None:
    """Whoever has an account follows these and no others. Raises NotInThisState."""
    follower = await unit.followers.find_of_person(person_id)
    if follower is None:
        follower = Follower(unit.ids.new(), unit.now, person_id)
        if not await unit.followers.add(follower):
            raise NotInThisState(to_translate("Je koos dit net al. Probeer het nog een keer."))
    await _choose(follower, themes, unit)


async def stop_following_as_person(person_id: UUID, unit: CommunityUnit) -> None:
    """Who left the network follows nothing."""
    follower = await unit.followers.find_of_person(person_id)
    if follower is not None:
        await stop_following(follower.id, unit)


async def follower_of_link(token: str, unit: CommunityUnit) -> Follower:
    """Whom a mailed link is of. Raises FollowerNotFound or LinkExpired."""
    grant = await unit.links.resolve(token, FOLLOW_LINK)
    follower = await unit.followers.read(grant.subject_id) if grant else None
    if follower is None:
        raise FollowerNotFound
    return follower


async def set_themes(gathering_id: UUID, themes: frozenset[str], unit: CommunityUnit) -> None:
    """What it is about; who follows what is new hears of it, once it is announced. Raises GatheringNotFound."""
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    before, gathering.themes = gathering.themes, themes
    await unit.gatherings.save(gathering)
    if gathering.is_ahead(unit.now):
        await tell_followers(gathering, unit, told_before=before)


async def tell_followers(
    gathering: Gathering, unit: CommunityUnit, *, told_before: frozenset[str] = frozenset()
) -> None:
    """It can be signed up for. `told_before`: who follows one of these knows already."""
    for follower in await unit.followers.list_of(gathering.themes):
        if not follower.themes & told_before:
            unit.outbox.append(follower.announced(gathering.id, unit.now))


async def tell_followers_of_report(
    gathering: Gathering, emails: Collection[str], people: Collection[UUID], unit: CommunityUnit
) -> None:
    """There is a report. `emails` (in small letters) and `people` hear it already: they signed up, or were asked."""
    followers = await unit.followers.list_of(gathering.themes)
    addresses = await unit.followers.open_each([one.id for one in followers])
    for follower in followers:
        if addresses.get(follower.id, "").casefold() not in emails and follower.person_id not in people:
            unit.outbox.append(follower.reported(gathering.id, unit.now))


async def follows_with_address(gathering: Gathering, email: str, unit: CommunityUnit) -> bool:
    """Whether whoever reads there follows what it is about, without an account."""
    follower = await unit.followers.find_of_address(digest_of_address(email, unit))
    return follower is not None and bool(follower.themes & gathering.themes)


async def forget_followers(unit: CommunityUnit) -> None:
    """Addresses that nobody confirmed, and those that were confirmed a year ago."""
    requested, confirmed = unit.now - CONFIRM_WITHIN, unit.now - FOLLOW_LASTS
    await unit.followers.remove(await unit.followers.list_over(requested, confirmed, FORGOTTEN_AT_ONCE))


async def _choose(follower: Follower, themes: frozenset[str], unit: CommunityUnit) -> None:
    if not themes:
        await stop_following(follower.id, unit)
        return
    follower.choose(themes, unit.now)
    await unit.followers.save(follower)


async def _held(follower_id: UUID, unit: CommunityUnit) -> Follower:
    follower = await unit.followers.get(follower_id)
    if follower is None:
        raise FollowerNotFound
    return follower
