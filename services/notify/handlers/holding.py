"""Messages that wait to leave together: for the news of a case, the desk's morning, or as their reader prefers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.heartbeat import DIGESTS
from services.notify.domain.mail import Bundle
from services.notify.domain.mails.digests import ALSO_OF_ONE, digest_of
from services.notify.domain.message import Message
from services.notify.domain.moments import Waiting, news_moment, waiting
from services.notify.ports import NotifyUnit
from shared.kernel.working_time import WorkingTime
from shared.unit_of_work import Timer

RELEASE: Final = "release held mail"
# Longer than a busy morning takes.
LATE: Final = timedelta(minutes=15)


async def hold(message: Message, unit: NotifyUnit) -> None:
    """Let it wait, when it does: with what waits for the same already, else from now until its moment."""
    draft = message.draft
    preferences = await unit.preferences.get(draft.recipient_id)
    found = waiting(draft, preferences, unit.now, WorkingTime(unit.city, unit.calendar))
    if found is None:
        return
    key = _key(found.bundle, draft)
    held = await unit.messages.get_held(draft.recipient_id, key)
    until = min([each.held_until for each in held if each.held_until], default=await _moment(found, draft, key, unit))
    message.hold(key, until)
    unit.timers.set(_timer(draft.recipient_id, key, until))


async def release(timer: Timer, unit: NotifyUnit) -> None:
    """The moment came: what waited leaves as one mail, or by itself when nothing came to leave with."""
    bundle, _, case_id = timer.data["with"].partition(":")
    if case_id:
        # Else a digest of its news could outlive a case that is erased now.
        await unit.ended_cases.hold([UUID(case_id)])
    held = await unit.messages.get_held(timer.subject, timer.data["with"])
    ready = [message for message in held if message.held_until is not None and message.held_until <= unit.now]
    _wake_again(timer, [message.held_until for message in held if message not in ready], unit)
    if not ready:
        return
    if len(ready) == 1 and Bundle(bundle) not in ALSO_OF_ONE:
        ready[0].retry(unit.now)
    else:
        await _leave_together(ready, Bundle(bundle), unit)
    await unit.messages.save(ready)


async def see_that_held_mail_leaves(unit: NotifyUnit) -> None:
    """The net under the timers: what should have left is woken once more. When nothing was left behind, that is noted.

    While that is not noted, operators see it: a digest that does not come is missed by nobody.
    """
    late = await unit.messages.list_late(unit.now - LATE)
    for reader, key in late:
        unit.timers.set(_timer(reader, key, unit.now))
    if not late:
        await unit.heartbeats.beat(DIGESTS)


def _timer(reader: UUID, key: str, at: datetime) -> Timer:
    return Timer(f"{RELEASE}:{reader}:{key}", RELEASE, reader, at, {"with": key})


def _wake_again(timer: Timer, moments: Iterable[datetime | None], unit: NotifyUnit) -> None:
    """Two that came at the same moment set one timer: for the later of them it rings once more."""
    later = min((moment for moment in moments if moment is not None), default=None)
    if later is not None:
        unit.timers.set(replace(timer, due_at=later, attempts=0))


async def _leave_together(ready: list[Message], bundle: Bundle, unit: NotifyUnit) -> None:
    digest_id, first = unit.ids.new(), ready[0].draft
    about = first.case_id if bundle is Bundle.CASE and first.case_id else digest_id
    digest = Message.queue(digest_of(bundle, first.recipient_id, about, digest_id), digest_id, unit.now, unit.cause)
    await unit.messages.add(digest)
    for message in ready:
        message.join(digest_id)


def _key(bundle: Bundle, draft: MessageDraft) -> str:
    return f"{bundle.value}:{draft.case_id}" if bundle is Bundle.CASE else bundle.value


async def _moment(found: Waiting, draft: MessageDraft, key: str, unit: NotifyUnit) -> datetime:
    """News of a case leaves once a day: after today's mail it waits for the next working morning."""
    if found.bundle is not Bundle.CASE or draft.case_id is None:
        return found.until
    told = [one for one in await unit.messages.get_of_case(draft.case_id) if _was_told(one, draft.recipient_id, key)]
    today = unit.city.day_of(unit.now)
    if not any(unit.city.day_of(one.settled_at or unit.now) == today for one in told):
        return found.until
    return max(found.until, news_moment(unit.now, WorkingTime(unit.city, unit.calendar), told_today=True))


def _was_told(message: Message, reader: UUID, key: str) -> bool:
    return message.draft.recipient_id == reader and message.held_with == key and message.attempt > 0
