"""To the ambassador: how the search goes on. The news of one case leaves as one mail, once a day at most.

Most are about the need, not about the referral: a partner that helps in the end makes all that is still unsaid about
the same need old news.
"""

from dataclasses import replace
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import Facts, about_referral, need_of
from services.notify.domain.mail import Bundle, Form, Link, Mail
from services.notify.domain.message import Message
from shared.events.matching import (
    DeclineReverted,
    PartnerActivated,
    PartnerDeclined,
    PartnerRedirected,
    PartnerWaitlisted,
    ReferralExpired,
    ReferralFact,
)
from shared.events.vocabulary import Audience

PARTNER: Final = {"need": Form.NEED, "for_whom": Form.FOR_WHOM, "partner": Form.ORGANISATION}


def _news(template: str, title: str, link: Link = Link.CASE, **more: Form) -> Mail:
    return Mail(
        template,
        title,
        Audience.AMBASSADOR,
        link=link,
        facts=PARTNER | more,
        # Its entry on the map may come later than its answer.
        may_lack=frozenset({"partner", "next_partner"} & (PARTNER | more).keys()),
    )


PARTNER_ASKED: Final = _news("partner-asked", "We vragen een andere partner", answer_by=Form.MOMENT)
PARTNER_DECLINED: Final = _news("partner-declined", "Een partner kan nu niet helpen")
DECLINE_REVERTED: Final = _news("decline-reverted", "Een partner kan misschien toch", answer_by=Form.MOMENT)
REFERRAL_EXPIRED: Final = _news("referral-expired", "Een partner gaf geen antwoord")
PARTNER_REDIRECTED: Final = _news("partner-redirected", "Een partner noemt een ander", next_partner=Form.ORGANISATION)
PARTNER_WAITLISTED: Final = _news("partner-waitlisted", "Een partner kan later helpen", Link.FAMILY, from_day=Form.DAY)


def tell_who_is_asked_next(event: PartnerActivated) -> list[MessageDraft]:
    """The ambassador knows who is asked after a no, or by the desk; of a first partner, the page of the case tells."""
    answer_by = {"answer_by": event.answer_by.isoformat()}
    is_news = event.attempt > 1 or event.chosen_by is not None
    return [_about_need(PARTNER_ASKED, event, answer_by)] if is_news else []


def tell_of_decline(event: PartnerDeclined) -> MessageDraft:
    """The ambassador knows that this partner does not help."""
    return _about_need(PARTNER_DECLINED, event, {})


def tell_of_decline_reverted(event: DeclineReverted) -> MessageDraft:
    """The ambassador, who read that this partner does not help, knows that it may."""
    return _about_need(DECLINE_REVERTED, event, {"answer_by": event.answer_by.isoformat()})


def tell_of_silence(event: ReferralExpired) -> MessageDraft:
    """The ambassador knows that this partner did not answer."""
    return _about_need(REFERRAL_EXPIRED, event, {})


def tell_of_redirection(event: PartnerRedirected) -> MessageDraft:
    """The ambassador knows whom this partner named."""
    return _about_need(PARTNER_REDIRECTED, event, {"next_partner": str(event.to_organisation_id)})


def tell_of_waiting_list(event: PartnerWaitlisted) -> MessageDraft:
    """The ambassador knows from when this partner helps, and that the family may prefer another."""
    return _about_need(PARTNER_WAITLISTED, event, {"from_day": event.from_day.isoformat()})


def is_of(referral_id: UUID, message: Message) -> bool:
    """Whether this news is of this partner; several partners' answers are news of one need."""
    return str(referral_id) in message.draft.occasion


def _about_need(mail: Mail, event: ReferralFact, facts: Facts) -> MessageDraft:
    said = need_of(event) | {"partner": str(event.organisation_id), **facts}
    draft = about_referral(mail, event.ambassador_id, event, said)
    return replace(draft, about_id=event.need_id if mail.link is Link.CASE else draft.about_id, bundle=Bundle.CASE)
