"""What was asked of a partner, and what the ambassador hears of the answer."""

from services.notify.domain.mails import answers, partners
from services.notify.domain.outcome import Reason
from services.notify.handlers.queueing import queue, recall
from services.notify.ports import NotifyUnit
from shared.events import matching, monitoring


async def remind_partner(event: monitoring.ResponseReminderDue, unit: NotifyUnit) -> None:
    """Remind the partner's contact."""
    about = await unit.messages.get_about(event.referral_id)
    asked = (message.draft for message in about if message.draft.mail is partners.PARTNER_ACTIVATED)
    await queue([partners.remind_partner(event, next(asked, None))], unit)


async def tell_of_acceptance(event: matching.PartnerAccepted, unit: NotifyUnit) -> None:
    """The partner answered: no reminder any more, nor that an earlier yes is not sure; tell the ambassador."""
    about = await unit.messages.get_about(event.referral_id)
    yes = answers.tell_of_acceptance(event)
    if any(message.draft.occasion == yes.occasion for message in about):
        return  # Consumed before: what came after it stands.
    await recall(about, Reason.OVERTAKEN, unit)
    await recall(answers.corrections(about), Reason.YES_AFTER_ALL, unit)
    await queue([yes], unit)


async def correct_acceptance(event: matching.AcceptanceReverted, unit: NotifyUnit) -> None:
    """The partner took its yes back: the ambassador does not hear of it any more, or hears that it is not sure."""
    about = await unit.messages.get_about(event.referral_id)
    believed = answers.believed_yes(about)
    await recall(answers.yeses(about), Reason.OVERTAKEN, unit)
    await queue([answers.correct_acceptance(event, believed.draft)] if believed else [], unit)


async def stop_partner(event: matching.ReferralWithdrawn, unit: NotifyUnit) -> None:
    """The referral was taken back: nobody is asked any more, and a partner that said yes is asked to stop."""
    await recall(await unit.messages.get_about(event.referral_id), Reason.OVERTAKEN, unit)
    await queue(partners.ask_to_stop(event), unit)


async def stop_asking(event: matching.ReferralFact, unit: NotifyUnit) -> None:
    """The referral is over, or answered: mail about it that has not left stays here."""
    await recall(await unit.messages.get_about(event.referral_id), Reason.OVERTAKEN, unit)
