"""Every mail as it is written in a city, with invented facts."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from services.notify.adapters.letters import DutchLetters
from services.notify.domain.appointment import Appointment, Occasion
from services.notify.domain.draft import MessageDraft
from services.notify.domain.letter import Delivery, Letter
from services.notify.domain.mail import OF_COMMUNITY, Form, Link, Mail
from services.notify.domain.mails import MAILS, digests
from services.notify.domain.message import Message
from services.notify.domain.reply_addresses import ReplyAddresses
from shared.events.base import Beneficiary
from shared.events.card_letters import CardColumn, CardLetterAnswer
from shared.events.care import OverLimitReason
from shared.events.case_codes import MissingPart, PauseWish
from shared.events.desk_codes import ApplicationRefusal, ChoiceReason, UnavailableReason
from shared.events.gathering_letters import GatheringDetails
from shared.events.http import Mentioned
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import ColdReason, FailureReason
from shared.events.referral_number import referral_number
from shared.events.vocabulary import Audience
from shared.kernel.city import City
from tests.parts.city import VELDERMEER, a_city
from tests.unit.notify.builders import CASE, CODE, CONTACT, NOW, REFERRAL

NUMBER = referral_number(REFERRAL)
SITE = "https://schakel.example"
LINK = f"{SITE}/antwoord/Zk3vQy0n2m8bR5xW1tLs7dHf4jKp9aGc"
REPLIES = ReplyAddresses("antwoord@antwoord.schiewijk.example", b"k" * 32)
SHORT_CODE = "HKMW-7QXA"
SIGN_IN_CODE = "482 913"
MEETING = Appointment(UUID(int=50), Occasion.MEETING, date(2026, 3, 10), datetime(2026, 3, 10, 14, 30, tzinfo=UTC))
EVENING = GatheringDetails(
    title="Netwerkavond in de bibliotheek",
    starts_at=datetime(2026, 3, 10, 18, 30, tzinfo=UTC),
    ends_at=datetime(2026, 3, 10, 20, 30, tzinfo=UTC),
    place="Buurthuis De Boei, Havenstraat 1",
    contact="Sam de Wit: 010 123 45 67",
    reason="Er is iemand ziek.",
    programme="Praten over geldzorgen\nNoor Verzonnen (Fonds De Boei): sparen",
)
# Facts of the forms that read the same in every city.
IN_ANY_CITY: Mapping[Form, str] = {
    Form.HOW_SOON: "soon",
    Form.DAY: "2026-03-05",
    Form.MONTH: "2025-11-29",
    Form.TIME: "2026-03-02T09:10:00+00:00",
    Form.MOMENT: "2026-03-05T10:00:00+00:00",
    Form.FOR_WHOM: Beneficiary.HOUSEHOLD,
    Form.COLD_REASON: ColdReason.FAMILY_WISH,
    Form.STOP_REASON: FailureReason.PARTNER_STOPPED,
    Form.WISH: PauseWish.TOGETHER,
    Form.MISSING: f"{MissingPart.CONSENT},{MissingPart.FOR_WHOM}",
    Form.POINT: EscalationReason.PARTNER_SILENT,
    Form.REMINDED: EscalationReason.INVENTORY_LATE,
    Form.CHOICE: ChoiceReason.FAMILY_WISH,
    Form.OVER_LIMIT: OverLimitReason.AGREED,
    Form.UNAVAILABLE: UnavailableReason.RULES_SHUT_FAMILY_OUT,
    Form.REFUSAL: ApplicationRefusal.NOT_FOR_CHILDREN,
    Form.CODES: f"{CODE},KR9X-QXGQ",
    Form.COUNT: "3",
    Form.PERSON: str(CONTACT),
    Form.ORGANISATION: "Fietsenbank",
    Form.APPOINTMENT: MEETING.to_fact(),
}
HERE, ELSEWHERE = a_city(), a_city(file=VELDERMEER)


# By the identity of its city, which it keeps alive.
_WRITERS: dict[int, DutchLetters] = {}


def writer_in(city: City) -> DutchLetters:
    """The one of this city: making one reads every template that others build on."""
    if id(city) not in _WRITERS:
        _WRITERS[id(city)] = DutchLetters(
            public_url=SITE, sender="schakel@schiewijk.example", city=city, replies=REPLIES
        )
    return _WRITERS[id(city)]


def facts_in(city: City) -> Mapping[Form, str]:
    """Of every form one; the district is one with an article, where the city has such a one."""
    with_article = (code for code, one in city.districts.offered.items() if one.in_sentence != one.words)
    needs, kinds = list(city.categories.offered), list(city.organisation_kinds.offered)
    need = "bike" if "bike" in needs else needs[0]
    return {
        **IN_ANY_CITY,
        Form.DISTRICT: next(with_article),
        Form.NEED: need,
        Form.NEEDS: f"{need},{need}",
        Form.KIND: kinds[0],
        Form.KINDS: ",".join(kinds[:2]),
    }


CARD = CardLetterAnswer(
    state="deliver",
    words="Kun je mij bellen?",
    columns=(CardColumn(title="Het netwerk", lines=("Mobiel: 06 12345678",)), CardColumn(title="De coördinator")),
)
WRITER = writer_in(HERE)
# What a digest is written of.
PARTS: Mapping[Mail, tuple[Mail, ...]] = {
    digests.CASE_NEWS: (MAILS["partner-declined"], MAILS["partner-asked"]),
    digests.DESK_DIGEST: tuple(
        MAILS[name] for name in ("desk-point", "point-assigned", "point-returned", "entry-proposed")
    ),
    digests.DAY_DIGEST: (MAILS["partner-activated"], MAILS["follow-up"], MAILS["help-delivered"]),
}


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
        referral_number=NUMBER if mail.audience is Audience.PARTNER else None,
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
    linked = mail.link.is_a_link_when_sent
    return Delivery(
        "samira@school.example",
        name,
        link=LINK if linked else None,
        short_code=SHORT_CODE if linked and mail.link not in OF_COMMUNITY else None,
        code=SIGN_IN_CODE if mail.link is Link.SIGN_IN_CODE else None,
        gathering=EVENING if mail.tells_of_gathering else None,
        card=CARD if mail.of_card else None,
        stop=f"{LINK}-stop" if mail.can_be_stopped else "",
        mentioned=(Mentioned(person_id=CONTACT, name="Zoë Smit", organisation="Fietsenbank", phone="010 765 43 21"),),
    )


def written(
    draft: MessageDraft, name: str = "Samira de Vries", city: City = HERE, *, codes_only: bool = False
) -> Letter:
    message = Message.queue(draft, UUID(int=99), NOW)
    message.codes_only = codes_only
    delivery = delivery_for(draft.mail, name)
    if not draft.mail.is_digest:
        return writer_in(city).write(message, delivery, NOW)
    parts = [
        Message.queue(draft_of(mail, city=city), UUID(int=100 + n), NOW) for n, mail in enumerate(PARTS[draft.mail])
    ]
    for part in parts:
        part.codes_only = codes_only
    said = [(part, delivery_for(part.draft.mail)) for part in parts]
    return writer_in(city).write_digest(message, said, delivery, NOW)
