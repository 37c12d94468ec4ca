"""To who goes along to an appointment and who booked that, and to organisations that do something for each other.

Community tells of the appointment at the moment of sending.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Form, Link, Mail
from shared.events.gathering_letters import GatheringOccasion
from shared.events.swap import (
    CompanionAsked,
    CompanionReleased,
    CompanyAgreed,
    CompanyCancelled,
    CompanyEnded,
    CompanyFact,
    CompanyReminderDue,
    NoCompanionFound,
    NoticeEnded,
    NoticeFact,
    NoticeReplied,
    ReplyAccepted,
    ReplyDeclined,
)
from shared.events.vocabulary import Audience


def _mail(occasion: GatheringOccasion, title: str, facts: Mapping[str, Form] = MappingProxyType({})) -> Mail:
    return Mail(
        occasion.value, title, Audience.ANYBODY, link=Link.COMPANY, facts=facts, never_waits=True, of_gathering=True
    )


COMPANION_ASKED: Final = _mail(
    GatheringOccasion.COMPANION_ASKED, "Ga je mee naar een afspraak?", {"answer_by": Form.MOMENT}
)
COMPANION_WITHDREW: Final = _mail(GatheringOccasion.COMPANION_WITHDREW, "Wie mee zou gaan, kan niet")
COMPANION_MISSING: Final = _mail(GatheringOccasion.COMPANION_MISSING, "Niemand kan meegaan")
COMPANY_AGREED: Final = _mail(GatheringOccasion.COMPANY_AGREED, "Er gaat iemand mee", {"who": Form.PERSON})
COMPANY_REMINDER: Final = _mail(GatheringOccasion.COMPANY_REMINDER, "Morgen is de afspraak")
COMPANY_CANCELLED: Final = _mail(GatheringOccasion.COMPANY_CANCELLED, "Meegaan hoeft niet meer")
COMPANY_OVER: Final = _mail(GatheringOccasion.COMPANY_OVER, "Ging het goed?")


def _of_organisation(template: str, title: str, facts: Mapping[str, Form] = MappingProxyType({})) -> Mail:
    # One that is not on the map yet has no name.
    return Mail(
        template, title, Audience.ANYBODY, link=Link.NOTICES, facts={"organisation": Form.ORGANISATION, **facts},
        may_lack=frozenset({"organisation"}),
    )  # fmt: skip


NOTICE_REPLIED: Final = _of_organisation("notice-replied", "Een organisatie reageert op jullie")
REPLY_ACCEPTED: Final = _of_organisation("reply-accepted", "Jullie kunnen elkaar helpen", {"who": Form.PERSON})
REPLY_DECLINED: Final = _of_organisation("reply-declined", "Jullie reactie is niet nodig")
NOTICE_ENDED: Final = Mail("notice-ended", "Jullie vraag of aanbod is gestopt", Audience.ANYBODY, link=Link.NOTICES)
_MAILS: Final = {
    CompanionReleased: COMPANION_WITHDREW,
    NoCompanionFound: COMPANION_MISSING,
    CompanyReminderDue: COMPANY_REMINDER,
    CompanyCancelled: COMPANY_CANCELLED,
    CompanyEnded: COMPANY_OVER,
}


def ask_companion(event: CompanionAsked) -> MessageDraft:
    """Yes or no; after its time the question is of no use."""
    facts = {"answer_by": event.answer_by.isoformat()}
    draft = about_directory(COMPANION_ASKED, event.person_id, event, event.subject, facts)
    return replace(draft, useless_after=event.answer_by)


def tell_with_whom(event: CompanyAgreed) -> MessageDraft:
    """Name and number of the other one."""
    facts = {"who": str(event.with_person_id)}
    return about_directory(COMPANY_AGREED, event.person_id, event, event.subject, facts)


def tell_of_company(event: CompanyFact) -> MessageDraft:
    """How it stands with it."""
    return about_directory(_MAILS[type(event)], event.person_id, event, event.subject, {})


def tell_that_somebody_replied(event: NoticeReplied) -> MessageDraft:
    """Which organisation, and nobody's name."""
    return about_directory(NOTICE_REPLIED, event.person_id, event, event.subject, _organisation(event))


def tell_whom_to_call(event: ReplyAccepted) -> MessageDraft:
    """Both want it: name and number of the other one."""
    facts = {**_organisation(event), "who": str(event.with_person_id)}
    return about_directory(REPLY_ACCEPTED, event.person_id, event, event.subject, facts)


def tell_that_it_is_a_no(event: ReplyDeclined) -> MessageDraft:
    """Nobody reads why."""
    return about_directory(REPLY_DECLINED, event.person_id, event, event.subject, _organisation(event))


def tell_that_notice_ended(event: NoticeEnded) -> MessageDraft:
    """Renew it, or say whether it helped."""
    return about_directory(NOTICE_ENDED, event.person_id, event, event.subject, {})


def _organisation(event: NoticeFact) -> dict[str, str]:
    return {"organisation": str(event.organisation_id)}
