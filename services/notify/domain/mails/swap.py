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
    CompanionWithdrew,
    CompanyAgreed,
    CompanyCancelled,
    CompanyFact,
    CompanyOver,
    CompanyReminderDue,
    NoCompanionFound,
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
_MAILS: Final = {
    CompanionWithdrew: COMPANION_WITHDREW,
    NoCompanionFound: COMPANION_MISSING,
    CompanyReminderDue: COMPANY_REMINDER,
    CompanyCancelled: COMPANY_CANCELLED,
    CompanyOver: COMPANY_OVER,
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
