"""Every mail as it is written in a city, with invented facts."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from services.notify.adapters.letters import DutchLetters
from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.mails import MAILS
from services.notify.domain.message import Message, MessageDraft
from services.notify.ports import Delivery, Letter
from shared.kernel.city import City
from tests.parts.city import VELDERMEER, a_city
from tests.unit.notify.builders import CASE, CODE, NOW

SITE = "https://schakel.example"
LINK = f"{SITE}/antwoord/Zk3vQy0n2m8bR5xW1tLs7dHf4jKp9aGc"
SHORT_CODE = "HKMW-7QXA"
SIGN_IN_CODE = "482 913"
HERE, ELSEWHERE = a_city(), a_city(file=VELDERMEER)


def writer_in(city: City) -> DutchLetters:
    return DutchLetters(public_url=SITE, sender="schakel@schiewijk.example", city=city)


def facts_in(city: City) -> Mapping[Form, str]:
    """Of every form one; the district is one with an article, where the city has such a one."""
    with_article = (code for code, one in city.districts.offered.items() if one.in_sentence != one.words)
    return {
        Form.DISTRICT: next(with_article),
        Form.HOW_SOON: "soon",
        Form.DAY: "2026-03-05",
        Form.TIME: "2026-03-02T09:10:00+00:00",
    }


WRITER = writer_in(HERE)


def draft_of(mail: Mail, *flags: str, without: frozenset[str] = frozenset(), city: City = HERE) -> MessageDraft:
    """A draft with invented facts: exactly those that its mail declares."""
    said = facts_in(city)
    facts = {fact: said[form] for fact, form in mail.facts.items() if form is not Form.FLAG and fact not in without}
    return MessageDraft(
        mail,
        UUID(int=7),
        occasion="invented",
        about_id=UUID(int=8),
        case_id=CASE,
        case_code=CODE,
        facts=facts | dict.fromkeys(flags, "yes"),
    )


def every_draft(city: City) -> Iterator[tuple[str, MessageDraft]]:
    """Each mail without its flags, with each of them, and with as little as it may have."""
    for name, mail in MAILS.items():
        yield name, draft_of(mail, city=city)
        for flag in (fact for fact, form in mail.facts.items() if form is Form.FLAG):
            yield f"{name}-{flag}", draft_of(mail, flag, city=city)
            if mail.may_lack:
                yield f"{name}-{flag}-bare", draft_of(mail, flag, without=mail.may_lack, city=city)


DRAFTS = dict(every_draft(HERE))


def delivery_for(mail: Mail, name: str = "Samira de Vries") -> Delivery:
    """What the other services answer about a mail."""
    linked = mail.link in {Link.ANSWER, Link.FOLLOW_UP}
    return Delivery(
        "samira@school.example",
        name,
        link=LINK if linked else None,
        short_code=SHORT_CODE if linked else None,
        code=SIGN_IN_CODE if mail.link is Link.SIGN_IN_CODE else None,
    )


def written(draft: MessageDraft, name: str = "Samira de Vries", city: City = HERE) -> Letter:
    return writer_in(city).write(Message.queue(draft, UUID(int=99), NOW), delivery_for(draft.mail, name), NOW)
