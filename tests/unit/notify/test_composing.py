"""What a letter is made of at the moment of sending: links, codes, whom to call, and what is over by then."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import httpx
import pytest

from services.notify.adapters.matching_address_book import MatchingAddressBook
from services.notify.domain.draft import MessageDraft
from services.notify.domain.letter import Delivery, FollowUpLink, Letter, NoLongerNeeded
from services.notify.domain.mail import Mail
from services.notify.domain.mails import MAILS, digests
from services.notify.domain.message import Message
from services.notify.domain.outcome import Overtaken
from services.notify.sender.composing import Composer
from tests.unit.notify import builders
from tests.unit.notify.builders import CONTACT, NOW
from tests.unit.notify.html import read
from tests.unit.notify.letters import LINK, SHORT_CODE, SITE, WRITER, delivery_for, draft_of, written
from tests.unit.notify.test_asking_others import PERSON, TOKENS, Heard, answers


class Directory:
    """Everybody has an address; what is about these is over."""

    def __init__(self, over: Sequence[UUID] = ()) -> None:
        self._over = over

    async def delivery(self, message: Message) -> Delivery | NoLongerNeeded:
        return NoLongerNeeded() if message.id in self._over else delivery_for(message.draft.mail)

    async def link(self, message: Message) -> FollowUpLink | NoLongerNeeded:
        return FollowUpLink(f"{SITE}/vervolg/{message.id}", SHORT_CODE)


def queued(number: int, mail: str) -> Message:
    return Message.queue(draft_of(MAILS[mail]), UUID(int=number), NOW)


PARTS = (queued(1, "partner-activated"), queued(2, "follow-up"))
DIGEST = replace(Message.queue(draft_of(digests.DAY_DIGEST), UUID(int=9), NOW), parts=PARTS)


async def composed(message: Message, over: Sequence[UUID] = ()) -> object:
    directory = Directory(over)
    return await Composer(directory, directory, WRITER).compose(message, NOW)


async def test_digest_has_the_button_of_each_part() -> None:
    letter = await composed(DIGEST)
    assert isinstance(letter, Letter)
    for link in (LINK, f"{SITE}/vervolg/{UUID(int=2)}"):
        assert link in letter.text
        assert link in read(letter.html).links
    assert letter.left_out == frozenset()


async def test_part_that_is_over_is_left_out_and_a_digest_of_nothing_is_not_sent() -> None:
    letter = await composed(DIGEST, over=[UUID(int=2)])
    assert isinstance(letter, Letter)
    assert letter.left_out == {UUID(int=2)}
    assert "/vervolg/" not in letter.text

    assert await composed(DIGEST, over=[UUID(int=1), UUID(int=2)]) == Overtaken()


@pytest.mark.parametrize(
    "mail", [mail for mail in MAILS.values() if not mail.is_digest], ids=lambda mail: mail.template
)
def test_who_wants_no_links_gets_codes_and_the_name_of_the_site(mail: Mail) -> None:

    letter = written(draft_of(mail), codes_only=True)
    assert "http" not in letter.text
    assert [link for link in read(letter.html).links if not link.startswith("tel:")] == []
    if mail.link.of_referral is not None:
        assert SHORT_CODE in letter.text


async def test_mail_asks_for_its_kind_of_link_and_whom_it_names() -> None:
    heard = Heard(answers(PERSON))
    book = MatchingAddressBook(httpx.AsyncClient(transport=httpx.MockTransport(heard)), "http://matching:8000", TOKENS)
    draft: MessageDraft = draft_of(MAILS["help-delivered"])
    await book.delivery(Message.queue(draft, UUID(int=1), NOW))

    assert httpx.Response(200, content=heard.request.content).json()["questions"] == [
        {
            "recipientId": str(draft.recipient_id),
            "referralId": str(draft.about_id),
            "link": "family",
            "mentions": [str(CONTACT)],
        }
    ]


def test_whom_matching_does_not_know_any_more_is_left_out_of_the_words() -> None:
    message = Message.queue(draft_of(MAILS["partner-accepted"]), UUID(int=1), NOW)
    letter = WRITER.write(message, Delivery("a@b.example", "Samira"), NOW)
    assert "een partner gaat helpen" in letter.text
    assert "Telefoon" not in letter.text
    assert str(builders.CONTACT) not in letter.text + letter.html
