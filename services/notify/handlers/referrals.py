"""What was asked of a partner, what the ambassador hears of the answer, and what they do together."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Bundle
from services.notify.domain.mails import answers, contacts, handovers, helping, news, partners, unmet_needs
from services.notify.domain.message import Message
from services.notify.domain.outcome import Reason
from services.notify.handlers import appointments
from services.notify.handlers.queueing import queue, recall, was_queued
from services.notify.ports import NotifyUnit
from shared.events import matching
from shared.events.matching import ReferralFact
from shared.events.monitoring import ClockFact
from shared.events.referral_contacts import ContactReplaced
from shared.events.referral_deletion import DeletionRequested
from shared.events.referral_terms import AnswerTermRenewed

ClockT = TypeVar("ClockT", bound=ClockFact)
FactT = TypeVar("FactT", bound=ReferralFact)
SearchT = TypeVar("SearchT", bound=matching.NoPartnerFound | matching.SearchFact)


def reminding(
    drafts: Callable[[ClockT, Iterable[Message]], Sequence[MessageDraft]],
) -> Callable[[ClockT, NotifyUnit], Awaitable[None]]:
    """A clock leads to mail, which repeats what earlier mails about the referral said."""

    async def remind(event: ClockT, unit: NotifyUnit) -> None:
        await queue(drafts(event, await unit.messages.get_about(event.referral_id)), unit)

    return remind


def instead(
    draft: Callable[[FactT], MessageDraft | Sequence[MessageDraft]],
) -> Callable[[FactT, NotifyUnit], Awaitable[None]]:
    """A step of a referral leads to mail, and makes what is unsaid about the step before it old."""

    async def tell(event: FactT, unit: NotifyUnit) -> None:
        drafted = draft(event)
        drafts = [drafted] if isinstance(drafted, MessageDraft) else drafted
        about = await unit.messages.get_about(event.referral_id)
        if was_queued(drafts, about):
            return  # Consumed before: what came after it stands.
        await recall(about, Reason.OVERTAKEN, unit)
        await queue(drafts, unit)

    return tell


async def ask_partner(event: matching.PartnerActivated, unit: NotifyUnit) -> None:
    """The partner is asked; after a no, the ambassador hears who, with the other news of the day."""
    about_need = await unit.messages.get_about(event.need_id)
    nobody = [message for message in about_need if message.draft.mail in unmet_needs.WITH_NOBODY]
    await recall(nobody, Reason.OVERTAKEN, unit)
    await queue([partners.ask_partner(event), *news.tell_who_is_asked_next(event)], unit)


async def ask_with_new_term(event: AnswerTermRenewed, unit: NotifyUnit) -> None:
    """The partner reads until when it can answer now, and nobody reads of the term before."""
    about = await unit.messages.get_about(event.referral_id)
    await recall(partners.of_another_term(event, about), Reason.NEWER_MAIL, unit)
    await queue(partners.ask_anew(event, about), unit)


async def tell_of_acceptance(event: matching.PartnerAccepted, unit: NotifyUnit) -> None:
    """The partner answered: no reminder any more, nor that an earlier yes is not sure, nor how the search went."""
    about = await unit.messages.get_about(event.referral_id)
    yes = answers.tell_of_acceptance(event)
    if was_queued([yes], about):
        return  # Consumed before: what came after it stands.
    await recall(about, Reason.OVERTAKEN, unit)
    await recall(answers.corrections(about), Reason.YES_AFTER_ALL, unit)
    await recall(await unit.messages.get_about(event.need_id), Reason.OVERTAKEN, unit)
    await queue([yes], unit)
    await appointments.agree_on_first_contact(event, unit)


async def correct_acceptance(event: matching.AcceptanceReverted, unit: NotifyUnit) -> None:
    """The partner took its yes back: the ambassador does not hear of it any more, or hears that it is not sure."""
    about = await unit.messages.get_about(event.referral_id)
    believed, again = answers.believed_yes(about), partners.ask_again(event, about)
    # Consumed before: the question that it brought stands.
    stands = {one.occasion for one in again}
    old = [one for one in about if one.draft.mail is not answers.ACCEPTANCE_REVERTED]
    await recall([one for one in old if one.draft.occasion not in stands], Reason.OVERTAKEN, unit)
    await _let_question_stand(old, unit)
    await queue([answers.correct_acceptance(event)] if believed else [], unit)
    await queue(again, unit)
    await appointments.cancel_of_referral(event, unit)


async def correct_decline(event: matching.DeclineReverted, unit: NotifyUnit) -> None:
    """The partner took its no back: the ambassador does not hear of it any more, or hears that it may help."""
    about = await unit.messages.get_about(event.need_id)
    noes = [one for one in about if one.draft.mail is news.PARTNER_DECLINED and news.is_of(event.referral_id, one)]
    told = any(one.may_have_arrived for one in noes)
    await recall(noes, Reason.OVERTAKEN, unit)
    await queue([news.tell_of_decline_reverted(event)] if told else [], unit)
    asked = await unit.messages.get_about(event.referral_id)
    await _let_question_stand(asked, unit)
    await queue(partners.ask_again(event, asked), unit)


async def _let_question_stand(about: Sequence[Message], unit: NotifyUnit) -> None:
    """The question is open again: its mail, when it is in an attempt, is repeated if that gets nowhere."""
    asked = [message for message in about if message.draft.mail is partners.PARTNER_ACTIVATED]
    for message in asked:
        message.stand_again()
    await unit.messages.save(asked)


def instead_of_news(draft: Callable[[SearchT], MessageDraft]) -> Callable[[SearchT, NotifyUnit], Awaitable[None]]:
    """How the search stands now says more than the news of how it came so, and than how it stood before."""

    async def tell(event: SearchT, unit: NotifyUnit) -> None:
        drafted = draft(event)
        about = await unit.messages.get_about(event.need_id)
        if was_queued([drafted], about):
            return  # Consumed before: what came after it stands.
        old = [one for one in about if one.draft.bundle is Bundle.CASE or one.draft.mail in unmet_needs.WITH_NOBODY]
        await recall(old, Reason.NEWER_MAIL, unit)
        await queue([drafted], unit)

    return tell


async def stop_partner(event: matching.ReferralWithdrawn, unit: NotifyUnit) -> None:
    """The referral was taken back: nobody is asked any more, and a partner that said yes is asked to stop."""
    await recall(await unit.messages.get_about(event.referral_id), Reason.OVERTAKEN, unit)
    await queue(partners.ask_to_stop(event), unit)
    await appointments.cancel_of_referral(event, unit)


async def ask_to_delete(event: DeletionRequested, unit: NotifyUnit) -> None:
    """The family stopped: whoever knows of the question is asked to delete what was written down."""
    await queue(partners.ask_to_delete(event, await unit.messages.get_about(event.referral_id)), unit)


async def stop_help(event: matching.HelpFailed, unit: NotifyUnit) -> None:
    """Help stopped: what was planned for it does not take place, and the ambassador asks the family what it wants."""
    await instead(helping.tell_that_help_stopped)(event, unit)
    await appointments.cancel_of_referral(event, unit)


async def tell_that_they_met(event: matching.WarmHandoverCompleted, unit: NotifyUnit) -> None:
    """They met, or it was cold: whoever did not report it reads so, and a later day for it is off."""
    await instead(handovers.tell_that_they_met)(event, unit)
    await appointments.end_of_meeting(event, unit)


async def ask_other_side(event: matching.HandoverConfirmed, unit: NotifyUnit) -> None:
    """One side said that they met: it is not asked any more, the other is."""
    about = await unit.messages.get_about(event.referral_id)
    answered = handovers.ASKS_WHETHER_THEY_MET[event.party]
    await recall([message for message in about if message.draft.mail is answered], Reason.OVERTAKEN, unit)
    await queue([handovers.ask_other_side(event)], unit)


async def stop_asking(event: matching.ReferralFact, unit: NotifyUnit) -> None:
    """The referral is over, or answered: mail about it that has not left stays here."""
    await recall(await unit.messages.get_about(event.referral_id), Reason.OVERTAKEN, unit)


def answered_with_news(
    draft: Callable[[FactT], MessageDraft],
) -> Callable[[FactT, NotifyUnit], Awaitable[None]]:
    """The partner does not help now: it is not asked any more, and the ambassador hears it with the day's news."""

    async def tell(event: FactT, unit: NotifyUnit) -> None:
        await stop_asking(event, unit)
        await queue([draft(event)], unit)

    return tell


async def go_on_with_other_contact(event: ContactReplaced, unit: NotifyUnit) -> None:
    """Somebody else speaks for the partner: what had not left for the one before stays here."""
    about = await unit.messages.get_about(event.referral_id)
    drafts = contacts.tell_of_other_contact(event, about)
    before = [one for one in about if one.draft.recipient_id == event.previous_contact_id]
    await recall(before, Reason.OTHER_READER, unit)
    await queue(drafts, unit)
    await appointments.pass_on_of_partner(event, sorted(about, key=lambda message: message.queued_at), unit)


async def stop_searching(event: matching.SearchStopped, unit: NotifyUnit) -> None:
    """The family wants no other partner: how the search went is no news any more."""
    await recall(await unit.messages.get_about(event.need_id), Reason.OVERTAKEN, unit)
