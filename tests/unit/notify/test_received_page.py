"""The page of mail that came in, and what stands in a mail that can be answered."""

from email import message_from_bytes

from services.notify.adapters.inbound_mail import read_mail
from services.notify.adapters.mime import to_bytes
from services.notify.domain.draft import MessageDraft
from services.notify.domain.letter import ANSWER_ABOVE, Delivery
from services.notify.domain.mails.replies import REPLY_DRAFTED
from services.notify.domain.mails.topics import TOPIC_PLANNED
from services.notify.domain.message import Message
from services.notify.domain.received import why_ignored
from services.notify.web.received_words import OUTCOMES
from shared.events.base import Role
from shared.events.notify import IgnoredReason
from tests.unit.notify.app import visitor
from tests.unit.notify.builders import NOW
from tests.unit.notify.letters import REPLIES, SITE, WRITER
from tests.unit.notify.receiving import ABOUT, ADDRESS, ASKED, MESSAGE, OWN, STRANGER, TEACHER, WORDS, Replies, a_mail

READER = Delivery(TEACHER, "Noor Verzonnen")


async def test_desk_sees_what_came_of_each_mail_and_nothing_that_it_said() -> None:
    replies = Replies()
    await replies.ask()
    await replies.comes(a_mail())
    await replies.comes(a_mail(number=2, sender=STRANGER))

    async with visitor(replies.notify, Role.COORDINATOR, replies.people) as desk:
        page = (await desk.get("/berichten/ontvangen")).text
        assert "Ontvangen mail" in (await desk.get("/berichten")).text

    assert "Klaar om te plaatsen" in page
    assert "Van iemand anders dan wie we vroegen" in page
    assert "Noor Verzonnen" in page
    assert WORDS not in page
    assert STRANGER not in page


async def test_who_is_not_of_the_desk_sees_nothing() -> None:
    async with visitor(Replies().notify, Role.PARTNER) as partner:
        assert (await partner.get("/berichten/ontvangen")).status_code == 403


def test_every_reason_has_its_words() -> None:
    assert set(IgnoredReason) <= set(OUTCOMES)


def test_mail_that_can_be_answered_says_where_and_bears_our_marks() -> None:
    draft = MessageDraft(TOPIC_PLANNED, ASKED, "asked", ABOUT, replies_about=ABOUT)
    letter = WRITER.write(Message.queue(draft, MESSAGE, NOW), READER, NOW)
    content = to_bytes(letter, address=TEACHER, sender=OWN, reply_to="desk@schiewijk.example")
    mail = message_from_bytes(content)

    assert mail["Reply-To"] == ADDRESS
    assert letter.text.startswith(f"--- {ANSWER_ABOVE} ---")
    assert ANSWER_ABOVE in letter.html
    marks = [mail[name] for name in ("Auto-Submitted", "X-Auto-Response-Suppress", "X-Schakel")]
    assert marks == ["auto-generated", "All", "mail"]
    assert why_ignored(read_mail(content, OWN, (ADDRESS,)), "schiewijk.example") is IgnoredReason.OWN_MAIL


def test_other_mail_is_answered_at_the_desk() -> None:
    letter = WRITER.write(Message.queue(MessageDraft(TOPIC_PLANNED, ASKED, "asked", ABOUT), MESSAGE, NOW), READER, NOW)
    mail = message_from_bytes(to_bytes(letter, address=TEACHER, sender=OWN, reply_to="desk@schiewijk.example"))

    assert mail["Reply-To"] == "desk@schiewijk.example"
    assert ANSWER_ABOVE not in letter.text


def test_writer_opens_the_draft_by_a_link_that_nobody_can_guess() -> None:
    message = Message.queue(MessageDraft(REPLY_DRAFTED, ASKED, "reply", ABOUT), MESSAGE, NOW)
    token = REPLIES.draft_token(ABOUT)

    assert f"{SITE}/sparren/concept/{token}" in WRITER.write(message, READER, NOW).text
    assert (REPLIES.draft_of(token), REPLIES.draft_of(f"{token[:-3]}aaa")) == (ABOUT, None)
    assert REPLIES.message_of(ADDRESS.replace(ADDRESS[9:54], token)) is None
