"""Mails that remind an ambassador of several cases: about none of them, so that each is looked up by its number."""

from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mails.ambassadors import AMBASSADOR_REMINDED, about_one, codes_of, remind_of, without
from services.notify.domain.message import Message
from services.notify.domain.outcome import Reason
from services.notify.handlers.queueing import queue, recall
from services.notify.ports import NotifyUnit
from shared.events.monitoring import AmbassadorReminded


async def remind_of_several(event: AmbassadorReminded, unit: NotifyUnit) -> None:
    """One mail about all that waits for the same thing; not about a case that ended, rests or was erased since then."""
    erased = await unit.erased.find([one.case_id for one in event.cases])
    asked = [
        one.case_code
        for one in event.cases
        if one.case_id not in erased and await unit.ended_cases.get_reason(one.case_id) is None
    ]
    if asked:
        await queue([remind_of(event, asked)], unit)


async def leave_out(reader: UUID, case_code: str, reason: Reason, unit: NotifyUnit) -> list[MessageDraft]:
    """The case is not to be asked about any more: what has not arrived is said without it, about the others.

    Returns, for each of those, what it would ask about this case alone.
    """
    naming = await _naming(reader, case_code, unit)
    unsaid = [one.draft for one in naming if one.is_underway and one.recalled is None]
    await recall(naming, reason, unit)
    await queue([rest for draft in unsaid if (rest := without(draft, case_code)) is not None], unit)
    return [about_one(draft, case_code) for draft in unsaid]


async def forget(reader: UUID, case_code: str, unit: NotifyUnit) -> None:
    """The case is erased: no mail that names it stays; the others of it are still asked about."""
    await leave_out(reader, case_code, Reason.OVERTAKEN, unit)
    await unit.messages.delete([one.id for one in await _naming(reader, case_code, unit)])


async def _naming(reader: UUID, case_code: str, unit: NotifyUnit) -> list[Message]:
    """All that is about this reader is locked at once: two cases that one mail names never wait in a ring."""
    about = await unit.messages.get_about(reader)
    return [one for one in about if one.draft.mail is AMBASSADOR_REMINDED and case_code in codes_of(one.draft)]
