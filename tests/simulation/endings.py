"""What must hold at the end of each life, read from all that was said and sent in it."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.matching.domain.case import CaseState, NeedState
from services.notify.domain.message import Message, MessageState
from shared.events import intake, matching, monitoring, referral_contacts
from shared.events.base import Event, Role, Urgency
from tests.simulation.history import History
from tests.simulation.promised_mails import promised_mails
from tests.simulation.world import World

# What may be said to somebody when the family does not want anything any more: that it is over.
# After the last word of anybody each moment is lived through for so long.
LOOKED_AT = timedelta(days=15)
NEXT = (matching.PartnerActivated, matching.NoPartnerFound, matching.DeclineReverted)
REPLACES = (intake.AmbassadorReplaced, referral_contacts.ContactReplaced)
CALENDAR_ENTRY = "appointment-cancelled"
AFTER_WITHDRAWAL = frozenset(
    {"question-withdrawn", "stop-and-delete", "deletion-overdue", "case-withdrawn", "erasure-planned", CALENDAR_ENTRY}
)


def at_the_end(world: World, cases: list[UUID], silent_since: datetime) -> None:
    """Everything that must hold when nobody has done anything for a year."""
    history = History(world)
    world.mails |= world.notify.truth.tables.table("messages")
    nobody_is_forgotten(world, history, cases, silent_since)
    after_a_no_the_next_one_was_asked(world, history)
    nobody_is_asked_again(history)
    who_is_silent_is_reminded(history, silent_since)
    every_promised_mail_was_queued(world, history)
    nobody_was_mailed_twice(world)
    no_mail_after_withdrawal(world)
    no_mail_while_it_stands_still(world)


def nobody_is_forgotten(world: World, history: History, cases: list[UUID], silent_since: datetime) -> None:
    """A child for whom nobody acted in all that time is out of sight, and somebody who can act read it, again."""
    read = {one.message_id for one in world.post.sent if one.at > silent_since}
    for case_id in cases:
        case = world.intake.truth.tables.table("cases").get(case_id)
        if case is None or not case.is_open or case.hold is not None:
            continue
        told = {mail.id: mail.draft.mail.template for mail in _mails(world, case_id) if mail.id in read}
        raised = [one for one in history.of(monitoring.ChildOutOfSight, case_id) if one.occurred_at > silent_since]
        assert raised, f"P9: nobody acted for a year, and {case_id} was never out of sight"
        assert "out-of-sight" in told.values(), f"P9: nobody was told that {case_id} is out of sight"


def after_a_no_the_next_one_was_asked(world: World, history: History) -> None:
    """Or it was said that there is nobody, unless the case is over, the need taken away, or it waits behind another."""
    for said in history.facts:
        if not isinstance(said.event, matching.PartnerDeclined | matching.ReferralExpired):
            continue
        after = history.after(said)
        file = world.matching.truth.tables.table("cases")[said.event.subject]
        need = file.needs.get(said.event.need_id)
        # An inventory after the no put another need first: `promises` looks whether somebody is with that one.
        waits = need is not None and need.state is NeedState.WAITING and need.depends_on
        waits = waits or file.state is CaseState.ON_HOLD
        assert waits or any(
            _goes_on(one, said.event.need_id) or _takes_away(one, said.event.need_id) for one in after
        ), f"P1: after the no of {said.event.referral_id} nobody was asked for {said.event.need_id}"


def _goes_on(event: Event, need_id: UUID) -> bool:
    """The next one is asked, or it is said that there is nobody."""
    return isinstance(event, NEXT) and event.need_id == need_id


def _takes_away(event: Event, need_id: UUID) -> bool:
    """The case is over, or an inventory leaves this need out."""
    if isinstance(event, intake.NeedsAssessed):
        return all(need.need_id != need_id for need in event.needs)
    return isinstance(event, intake.CaseClosed | intake.CaseWithdrawn)


def nobody_is_asked_again(history: History) -> None:
    """Who said no to a need, or was silent, is not asked for it again."""
    refused: set[tuple[UUID, UUID]] = set()
    for fact in history.facts:
        one = fact.event
        if isinstance(one, matching.PartnerDeclined | matching.ReferralExpired):
            refused.add((one.need_id, one.organisation_id))
        elif isinstance(one, matching.DeclineReverted):
            refused.discard((one.need_id, one.organisation_id))
        elif isinstance(one, matching.PartnerActivated):
            assert (one.need_id, one.organisation_id) not in refused, f"{one.organisation_id} is asked again"


def who_is_silent_is_reminded(history: History, silent_since: datetime) -> None:
    """A partner that was asked while everything ran, and let its time pass, was reminded; not where time is short."""
    said = [fact.event for fact in history.facts if silent_since < fact.written_at < silent_since + LOOKED_AT]
    expired = {one.referral_id for one in said if isinstance(one, matching.ReferralExpired)}
    reminded = {one.referral_id for one in said if isinstance(one, monitoring.ResponseReminderDue)}
    for one in said:
        if isinstance(one, matching.PartnerActivated) and one.urgency is not Urgency.TODAY:
            assert one.referral_id not in expired - reminded, f"P8: {one.referral_id} was silent, and not reminded"


def every_promised_mail_was_queued(world: World, history: History) -> None:
    """Each mail that a fact promises stands in the queue, or stood there; a family that withdrew gets none."""
    withdrawn = {one.subject for one in history.of(intake.CaseWithdrawn)}
    # Who never read that a family rested needs not read that it goes on.
    not_told = {mail.draft.case_id for mail in world.mails.values() if _was_never_read(mail, "case-paused")}
    # Facts of one moment about one thing are one to who reads of them.
    queued = {
        (*_moment(history.by_id[mail.cause.causation_id].event), mail.draft.mail.template, mail.draft.recipient_id)
        for mail in world.mails.values()
        if mail.cause and mail.cause.causation_id in history.by_id
    }
    coordinators = _coordinators(world)
    for fact in history.facts:
        unsaid = isinstance(fact.event, intake.CaseResumed) and fact.event.subject in not_told
        if fact.event.subject in withdrawn or unsaid:
            continue
        for template, recipient in promised_mails(fact.event, coordinators):
            assert (*_moment(fact.event), template, recipient) in queued, (
                f"P9: {template} to {recipient} after {fact.event!r}"
            )


def _was_never_read(mail: Message, template: str) -> bool:
    """It was taken back, or the mail server refused it."""
    never = {MessageState.WITHDRAWN, MessageState.REFUSED}
    return mail.draft.mail.template == template and mail.state in never


def _moment(event: Event) -> tuple[type[Event], UUID, datetime]:
    return type(event), event.subject, event.occurred_at


def nobody_was_mailed_twice(world: World) -> None:
    """One mail at most for one fact and one person, beside what takes an entry out of a calendar.

    Whoever comes in the place of another gets what waited for that one as well: each of it once.
    """
    # Also those of a case that was erased since: of what it said nothing is kept.
    passed_on = {one.id for one in world.notify.units.applied if isinstance(one.event, REPLACES)}
    mails = Counter(
        (
            mail.cause.causation_id,
            mail.draft.recipient_id,
            mail.draft.occasion if mail.cause.causation_id in passed_on else "",
        )
        for mail in world.mails.values()
        if mail.cause and mail.cause.causation_id and not mail.draft.mail.is_digest
        if mail.state is not MessageState.WITHDRAWN and mail.draft.mail.template != CALENDAR_ENTRY
    )
    twice = [key for key, count in mails.items() if count > 1]
    assert not twice, f"P5: mailed more than once for one fact: {twice}"


def no_mail_after_withdrawal(world: World) -> None:
    """Nothing is asked about a family that withdrew: only that it is over is said."""
    for one in world.post.sent:
        template = world.mails[one.message_id].draft.mail.template
        assert not one.after_withdrawal or template in AFTER_WITHDRAWAL, f"{template} went out after the withdrawal"


def no_mail_while_it_stands_still(world: World) -> None:
    """Nothing about a case leaves to anybody while it stands still for a child's safety."""
    for one in world.post.sent:
        mail = world.mails[one.message_id].draft.mail
        assert not one.on_hold, f"{mail.template} went out while its case stood still"


def _mails(world: World, case_id: UUID) -> list[Any]:
    return [mail for mail in world.mails.values() if mail.draft.case_id == case_id]


def _coordinators(world: World) -> list[UUID]:
    members: Any = world.notify.truth.tables.table("members").values()
    return [one.person_id for one in members if any(each.role is Role.COORDINATOR for each in one.standing)]
