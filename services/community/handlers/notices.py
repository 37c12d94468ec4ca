"""What organisations ask and offer each other: placed, replied to, brought together, ended, renewed and done.

A notice is held before its replies.
"""

from datetime import date, timedelta
from uuid import UUID

from services.community.domain.errors import NoticeNotFound, NotInThisState
from services.community.domain.notice import Notice, Reply, Wanted
from services.community.handlers.forgetting import FORGOTTEN_AT_ONCE
from services.community.handlers.free_text import refuse_persons
from services.community.ports import CommunityUnit


async def place_notice(wanted: Wanted, person_id: UUID, organisation_id: UUID, unit: CommunityUnit) -> None:
    """Everybody in the network sees it. Raises TellsWhoItIs or NotInThisState."""
    refuse_persons("about", wanted.about, unit.city, (await unit.organisations.list_active()).values())
    _refuse_day(wanted.until, unit)
    await unit.notices.save(Notice(unit.ids.new(), organisation_id, person_id, unit.now, wanted))


async def reply_to_notice(notice_id: UUID, person_id: UUID, organisation_id: UUID, unit: CommunityUnit) -> None:
    """Whoever placed it gets a mail. Raises NoticeNotFound or NotInThisState."""
    notice = await find_notice(notice_id, unit)
    if notice.organisation_id == organisation_id:
        raise NotInThisState("Dit is van jullie zelf.")
    if not notice.is_open(unit.city.day_of(unit.now)):
        raise NotInThisState("Dit staat niet meer open.")
    reply = Reply(unit.ids.new(), notice.id, organisation_id, person_id, unit.now)
    if not await unit.notices.add_reply(reply):
        raise NotInThisState("Jullie reageerden al.")
    unit.outbox.append(*reply.send(notice))


async def answer_reply(
    reply_id: UUID, person_id: UUID, organisation_id: UUID, unit: CommunityUnit, *, agrees: bool
) -> None:
    """Whoever is first answers for the organisation that placed it. Raises NoticeNotFound or NotInThisState."""
    reply, notice = await find_reply(reply_id, organisation_id, unit)
    said = reply.accept(person_id, notice, unit.now) if agrees else reply.decline(notice, unit.now)
    unit.outbox.append(*said)
    await unit.notices.save_reply(reply)


async def find_reply(reply_id: UUID, organisation_id: UUID, unit: CommunityUnit) -> tuple[Reply, Notice]:
    """To what this organisation placed, which is locked. Raises NoticeNotFound."""
    known = await unit.notices.read_reply(reply_id)
    notice = await find_own_notice(known.notice_id, organisation_id, unit) if known else None
    reply = await unit.notices.read_reply(reply_id)
    if notice is None or reply is None:
        raise NoticeNotFound
    return reply, notice


async def renew_notice(notice_id: UUID, organisation_id: UUID, until: date, unit: CommunityUnit) -> None:
    """Up to another day. Raises NoticeNotFound or NotInThisState."""
    notice = await find_own_notice(notice_id, organisation_id, unit)
    _refuse_day(until, unit)
    notice.renew(until)
    await unit.notices.save(notice)


async def finish_notice(notice_id: UUID, organisation_id: UUID, unit: CommunityUnit, *, helped: bool) -> None:
    """It is done. Raises NoticeNotFound or NotInThisState."""
    notice = await find_own_notice(notice_id, organisation_id, unit)
    notice.finish(helped=helped)
    await unit.notices.save(notice)


async def withdraw_notice(notice_id: UUID, organisation_id: UUID | None, unit: CommunityUnit) -> None:
    """Nobody sees it any more; None: the desk takes it away. Raises NoticeNotFound or NotInThisState."""
    if organisation_id is None:
        notice = await find_notice(notice_id, unit)
    else:
        notice = await find_own_notice(notice_id, organisation_id, unit)
    notice.withdraw()
    await unit.notices.save(notice)


async def find_own_notice(notice_id: UUID, organisation_id: UUID, unit: CommunityUnit) -> Notice:
    """What this organisation placed, locked. Raises NoticeNotFound."""
    notice = await find_notice(notice_id, unit)
    if notice.organisation_id != organisation_id:
        raise NoticeNotFound
    return notice


async def end_notices(unit: CommunityUnit) -> None:
    """What is past its last day is over, and whoever placed it hears that they can renew it."""
    today = unit.city.day_of(unit.now)
    for known in await unit.notices.list_past(today, FORGOTTEN_AT_ONCE):
        notice = await unit.notices.get(known)
        if notice is not None and (ended := notice.end(today, unit.now)):
            unit.outbox.append(*ended)
            await unit.notices.save(notice)


async def forget_notices(unit: CommunityUnit) -> None:
    """As long after its last day as the city keeps it."""
    kept_from = unit.city.day_of(unit.now) - timedelta(weeks=unit.city.gatherings.kept_weeks)
    await unit.notices.forget_before(kept_from)


def _refuse_day(until: date, unit: CommunityUnit) -> None:
    today, weeks = unit.city.day_of(unit.now), unit.city.gatherings.kept_weeks
    if not today <= until <= today + timedelta(weeks=weeks):
        raise NotInThisState(f"Kies een laatste dag vanaf vandaag, en binnen {weeks} weken.")


async def find_notice(notice_id: UUID, unit: CommunityUnit) -> Notice:
    """One, locked. Raises NoticeNotFound."""
    notice = await unit.notices.get(notice_id)
    if notice is None:
        raise NoticeNotFound
    return notice
