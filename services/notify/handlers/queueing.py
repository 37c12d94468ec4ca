"""How a message comes into the queue, waits for what leaves with it, and is taken back."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Bundle, Form
from services.notify.domain.message import HELD_BACK, Message
from services.notify.domain.outcome import Reason
from services.notify.handlers.holding import hold
from services.notify.ports import NotifyUnit
from shared.access.members import Member
from shared.events.base import Event, Role

EventT = TypeVar("EventT", bound=Event)


def mailing(
    draft: Callable[[EventT], MessageDraft | Iterable[MessageDraft]],
) -> Callable[[EventT, NotifyUnit], Awaitable[None]]:
    """What follows an event that leads to mail and to nothing else, for a line in the table of subscriptions."""

    async def queue_mail(event: EventT, unit: NotifyUnit) -> None:
        drafted = draft(event)
        await queue([drafted] if isinstance(drafted, MessageDraft) else drafted, unit)

    return queue_mail


def mailing_coordinators(
    drafts: Callable[[EventT, Iterable[UUID]], Iterable[MessageDraft]],
) -> Callable[[EventT, NotifyUnit], Awaitable[None]]:
    """What follows an event that leads to mail for the coordinators, who are given to `drafts`."""

    async def queue_mails(event: EventT, unit: NotifyUnit) -> None:
        await queue(drafts(event, [one.person_id for one in await unit.members.list_with_role(Role.COORDINATOR)]), unit)

    return queue_mails


def mailing_desk(
    drafts: Callable[[EventT, Iterable[UUID]], Iterable[MessageDraft]],
) -> Callable[[EventT, NotifyUnit], Awaitable[None]]:
    """What follows an event about a person (its subject) that leads to mail for the other coordinators.

    When there are none, the operators hear it.
    """

    async def queue_mails(event: EventT, unit: NotifyUnit) -> None:
        for role in (Role.COORDINATOR, Role.OPERATOR):
            found = [one.person_id for one in await unit.members.list_with_role(role)]
            if readers := [one for one in found if one != event.subject]:
                await queue(drafts(event, readers), unit)
                return

    return queue_mails


async def queue(drafts: Iterable[MessageDraft], unit: NotifyUnit) -> None:
    """Queue each draft once. A case that ended for good gets no mail.

    What is about a case that is closed, or asks something while it rests, is held back.
    """
    for draft in await _once_each(list(drafts), unit):
        ended = await unit.ended_cases.get_reason(draft.case_id) if draft.case_id else None
        if draft.is_stale(ended) and ended not in HELD_BACK:
            continue
        if not await _replaces(draft, unit):
            continue
        said = await _without_secret_district(draft, unit)
        message = Message.queue(await _with_public_names(said, unit), unit.ids.new(), unit.now, unit.cause)
        if ended is not None:
            message.recall(ended, unit.now)
        if message.next_attempt_at is not None:
            await hold(message, unit)
        await unit.messages.add(message)


async def _once_each(drafts: Sequence[MessageDraft], unit: NotifyUnit) -> list[MessageDraft]:
    """Whoever is away is stood in for: a deputy who gets this very mail anyway does not get it twice."""
    readers: dict[tuple[str, str], set[UUID]] = {}
    for draft in drafts:
        readers.setdefault((draft.mail.template, draft.occasion), set()).add(draft.recipient_id)
    together = {reader for them in readers.values() if len(them) > 1 for reader in them}
    members = await unit.members.read_many(together) if together else {}
    today = unit.city.day_of(unit.now)
    return [
        draft
        for draft in drafts
        if not _is_covered(members, draft.recipient_id, readers[draft.mail.template, draft.occasion], today)
    ]


def _is_covered(members: Mapping[UUID, Member], reader: UUID, readers: Collection[UUID], today: date) -> bool:
    away = members.get(reader)
    if away is None or away.deputy_id is None or away.deputy_id not in readers:
        return False
    deputy = members.get(away.deputy_id)
    return deputy is not None and deputy.deputises_for(away, today) and not deputy.is_away(today)


def was_queued(drafts: Iterable[MessageDraft], about: Collection[Message]) -> bool:
    """Whether the event behind these drafts was consumed before: two events of one moment differ in their reader."""
    said = {(one.draft.mail, one.draft.occasion, one.draft.recipient_id) for one in about}
    return any((draft.mail, draft.occasion, draft.recipient_id) in said for draft in drafts)


async def recall(messages: Sequence[Message], reason: Reason, unit: NotifyUnit) -> None:
    """Take back what has not left yet."""
    for message in messages:
        message.recall(reason, unit.now)
    await unit.messages.save(messages)


async def _replaces(draft: MessageDraft, unit: NotifyUnit) -> bool:
    """Of one fact one person has one mail that has not left; False when this very one was queued before.

    News of a case is about one need each, and each partner's answer is a fact of its own.
    """
    about = await unit.messages.get_about(draft.about_id)
    same = [one for one in about if (one.draft.mail, one.draft.recipient_id) == (draft.mail, draft.recipient_id)]
    if was_queued([draft], same):
        return False
    if draft.bundle is not Bundle.CASE and not draft.mail.adds_up:
        await recall(same, Reason.NEWER_MAIL, unit)
    return True


async def _without_secret_district(draft: MessageDraft, unit: NotifyUnit) -> MessageDraft:
    """What another service published before it heard that the address is secret may come after that."""
    facts = {name: value for name, value in draft.facts.items() if draft.mail.facts[name] is not Form.DISTRICT}
    if facts == draft.facts or draft.case_id is None or not await unit.ended_cases.has_secret_address(draft.case_id):
        return draft
    return replace(draft, facts=facts)


async def _with_public_names(draft: MessageDraft, unit: NotifyUnit) -> MessageDraft:
    """Organisations are called what they are called now. One that is not on the map yet has no name.

    What is said once more, or to another reader, was given its names before.
    """
    named = {fact for fact, form in draft.mail.facts.items() if form is Form.ORGANISATION}
    facts = dict(draft.facts)
    for fact in named & facts.keys():
        if (organisation_id := id_in(facts[fact])) is None:
            continue
        if name := await unit.organisations.get_name(organisation_id):
            facts[fact] = name
        else:
            del facts[fact]
    return replace(draft, facts=facts)


def id_in(value: str) -> UUID | None:
    """The id that this is; None: it is none."""
    try:
        return UUID(value)
    except ValueError:
        return None
