"""Cases that stand still for a child's safety: nothing about them leaves, and the desk reads once a week how many."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from services.notify.domain.mails import follow_ups, partners, requests
from services.notify.domain.mails.desk import tell_how_many_stand_still
from services.notify.domain.message import Message
from services.notify.domain.outcome import Reason
from services.notify.handlers import reminders
from services.notify.handlers.queueing import queue, recall
from services.notify.ports import NotifyUnit
from shared.events.base import Role
from shared.events.family_safety import SafetyHoldLifted, SafetyHoldSet
from shared.events.vocabulary import Audience
from shared.kernel.working_time import WorkingTime

DAY: Final = timedelta(days=1)
# What is asked or said anew when the case goes on, by a clock of its own or because its term is new.
SAID_ANEW: Final = (*requests.ASKS_FOR_INVENTORY, follow_ups.FOLLOW_UP, partners.PARTNER_ACTIVATED)


async def stand_still(event: SafetyHoldSet, unit: NotifyUnit) -> None:
    """From now on no mail about it leaves, to nobody: neither what waits nor what names it among others."""
    await unit.ended_cases.end(event.subject, Reason.CASE_ON_HOLD)
    await recall(await unit.messages.get_of_case(event.subject), Reason.CASE_ON_HOLD, unit)
    await reminders.leave_out(event.ambassador_id, event.case_code, Reason.CASE_ON_HOLD, unit)


async def go_on(event: SafetyHoldLifted, unit: NotifyUnit) -> None:
    """What was held back leaves from the next working morning on, unless somebody says it anew."""
    await unit.ended_cases.reopen(event.subject, Reason.CASE_ON_HOLD)
    await leave_again(await unit.messages.get_of_case(event.subject), unit)


async def leave_again(messages: Iterable[Message], unit: NotifyUnit) -> None:
    """Those that were held back, from the next working morning on, unless somebody says it anew."""
    kept = [one for one in messages if not _is_said_anew(one)]
    morning = WorkingTime(unit.city, unit.calendar).follow_up_due(unit.now + DAY, 0)
    for message in kept:
        message.resume(unit.now, leaves_at=morning)
    await unit.messages.save(kept)


async def tell_how_many(unit: NotifyUnit) -> None:
    """Once a week, in the digest of a working morning; nothing when there are none."""
    count = await unit.ended_cases.count(Reason.CASE_ON_HOLD)
    if count:
        coordinators = [one.person_id for one in await unit.members.list_with_role(Role.COORDINATOR)]
        await queue(tell_how_many_stand_still(count, unit.city.day_of(unit.now), coordinators), unit)


def _is_said_anew(message: Message) -> bool:
    """What came while it stood still may have been said after it was lifted: nobody says that once more."""
    mail = message.draft.mail
    if message.was_queued_too_early:
        return False
    return mail in SAID_ANEW or mail.audience is Audience.COORDINATOR
