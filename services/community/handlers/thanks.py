"""People thank each other; the desk sees who helped often and was not thanked, and nobody sees a total."""

from datetime import timedelta
from uuid import UUID

from services.community.domain.errors import NobodyToThank
from services.community.domain.hosting import PROMISED
from services.community.domain.thanks import HelpKind, Thanks, ThanksForm
from services.community.ports import CommunityUnit


async def thank(person_id: UUID, by: UUID, kind: HelpKind, form: ThanksForm, unit: CommunityUnit) -> None:
    """They hear it by mail. Raises NobodyToThank for somebody who is not there, and for oneself."""
    member = await unit.members.read(person_id)
    if member is None or not member.standing or person_id == by:
        raise NobodyToThank
    thanks = Thanks(unit.ids.new(), person_id, by, kind, form, unit.now)
    await unit.care.thanks.add(thanks)
    unit.outbox.append(*thanks.told())


async def count_hosts(gathering_id: UUID, unit: CommunityUnit) -> None:
    """It is over: whoever hosted it helped once more."""
    turns = await unit.turns.list_of(gathering_id)
    await unit.care.thanks.count_help({one.person_id for one in turns if one.state in PROMISED})


async def list_unthanked(unit: CommunityUnit) -> list[UUID]:
    """Who helped often since they were thanked, by id."""
    return await unit.care.thanks.list_unthanked(unit.city.load.thanks_after)


async def forget_thanks(unit: CommunityUnit) -> None:
    """In time nobody reads any more who thanked whom."""
    await unit.care.thanks.forget_before(unit.now - timedelta(weeks=unit.city.load.thanks_kept_weeks))
