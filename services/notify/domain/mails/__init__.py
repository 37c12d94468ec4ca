"""Every mail, each declared once, beside the rule that drafts it: who is told what, and on which occasion."""

from collections.abc import Mapping
from typing import Final

from services.notify.domain.mail import OF_ANOTHER_RELEASE, Mail
from services.notify.domain.mails import (
    acquaintance,
    agreements,
    ambassadors,
    answers,
    cards,
    care,
    cases,
    children,
    colleagues,
    contacts,
    desk,
    digests,
    entries,
    examples,
    expertise,
    follow_ups,
    following,
    gatherings,
    handovers,
    helping,
    hosting,
    invitations,
    joining,
    knowledge,
    news,
    partners,
    questions,
    replies,
    requests,
    same_children,
    sign_in,
    signals,
    skills,
    sparring,
    swap,
    topics,
    unmet_needs,
    visits,
)

_MODULES: Final = (
    requests, cases, ambassadors, signals, partners, agreements, answers, news, questions, handovers, helping, visits,
    unmet_needs, follow_ups, children, same_children, desk, digests, sign_in, colleagues, contacts, joining, entries,
    gatherings, following, knowledge,
    hosting, invitations, topics, expertise, acquaintance, examples, replies, cards, care, swap, skills, sparring,
)  # fmt: skip
MAILS: Final[Mapping[str, Mail]] = {
    mail.template: mail for module in _MODULES for mail in vars(module).values() if isinstance(mail, Mail)
}
# No page of the desk shows them.
ONLY_FOR_READER: Final = frozenset(template for template, mail in MAILS.items() if mail.only_for_reader)


def mail_of(template: str) -> Mail:
    """The mail with this code. What a newer release queued waits for that release, and stops no other."""
    return MAILS.get(template, OF_ANOTHER_RELEASE)
