"""What drafts of mails have in common: what they are about, and which occasion they are of."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Mail
from services.notify.domain.message import Message
from shared.events.base import Event
from shared.events.matching import ReferralFact
from shared.events.monitoring import ClockFact
from shared.events.referral_number import referral_number
from shared.events.vocabulary import Audience

YES: Final = "yes"
Facts = Mapping[str, str]


class HasDistrict(Protocol):
    """What tells where a family lives."""

    @property
    def district(self) -> str | None:
        """A code of the city's list; None while the address is secret."""


def about_referral(mail: Mail, reader: UUID, event: ReferralFact | ClockFact, facts: Facts) -> MessageDraft:
    """A mail about one referral: its link, when it has one, opens that."""
    return MessageDraft(
        mail,
        reader,
        occasion=f"{type(event).__name__}:{event.referral_id}:{event.occurred_at.isoformat()}",
        about_id=event.referral_id,
        case_id=event.subject,
        case_code=event.case_code,
        referral_number=referral_number(event.referral_id) if mail.audience is Audience.PARTNER else None,
        facts=facts,
    )


def about_case(mail: Mail, reader: UUID, event: Event, case_code: str, facts: Facts) -> MessageDraft:
    """A mail about a whole case."""
    return MessageDraft(
        mail,
        reader,
        occasion=f"{type(event).__name__}:{event.subject}:{event.occurred_at.isoformat()}",
        about_id=event.subject,
        case_id=event.subject,
        case_code=case_code,
        facts=facts,
    )


def about_directory(mail: Mail, reader: UUID, event: Event, about_id: UUID, facts: Facts) -> MessageDraft:
    """A mail about the network: an organisation, a person, a request to join or a proposal; about no case."""
    return MessageDraft(
        mail,
        reader,
        occasion=f"{mail.template}:{about_id}:{event.occurred_at.isoformat()}",
        about_id=about_id,
        facts=facts,
    )


def need_of(event: ReferralFact) -> dict[str, str]:
    """What is needed, and for whom."""
    return {"need": event.category, "for_whom": event.beneficiary.value}


def district_of(event: HasDistrict) -> dict[str, str]:
    """Where the family lives, unless its address is secret."""
    return {} if event.district is None else {"district": event.district}


def flags(**said: bool) -> dict[str, str]:
    """The facts of these names that are so."""
    return {name: YES for name, is_so in said.items() if is_so}


def known_of(about: Iterable[Message], *names: str) -> dict[str, str]:
    """What an earlier mail about the same said of these; a clock knows ids only."""
    found: dict[str, str] = {}
    for message in about:
        found |= {name: message.draft.facts[name] for name in names if name in message.draft.facts}
    return found
