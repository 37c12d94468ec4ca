"""What is taken of an answer: invented mails as the programs of Dutch readers write them, and what is left of each."""

from email.message import EmailMessage
from pathlib import Path
from typing import Final

import pytest

from services.notify.adapters.inbound_mail import read_mail
from services.notify.domain.received import MOST_BYTES
from tests.unit.notify.letters import REPLIES
from tests.unit.notify.receiving import ADDRESS, TEACHER

FOLDER: Final = Path(__file__).parents[2] / "data" / "replies"
MAILS: Final = sorted(FOLDER.glob("*.eml"))


@pytest.mark.parametrize("path", MAILS, ids=[path.stem for path in MAILS])
def test_words_of_an_answer_are_those_of_its_writer(path: Path) -> None:
    mail = read_mail(path.read_bytes(), TEACHER, (ADDRESS,))

    assert mail.words == path.with_suffix(".txt").read_text(encoding="utf-8").strip()
    assert (mail.sender, mail.subject) == (TEACHER, "Re: Weet jij dit?")


def test_there_are_enough_of_them() -> None:
    assert len(MAILS) >= 20


def test_photo_of_8_mb_is_left_out() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = TEACHER, "Re: Weet jij dit?"
    mail.set_content("Zo'n bed staat hier nog.")
    mail.add_attachment(b"\xff\xd8" + bytes(8_000_000), maintype="image", subtype="jpeg", filename="bed.jpg")

    read = read_mail(mail.as_bytes(), TEACHER, (ADDRESS,))

    assert read.size < MOST_BYTES
    assert read.words == "Zo'n bed staat hier nog."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe" * 100,
        b"Subject: =?no-such-charset?q?Hoi?=\nFrom: =?utf-8?b?####?=\n\nHoi",
        b"Content-Type: text/plain; charset=no-such\n\n\xe9\xe9n",
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n--x--",
        b"Content-Type: text/html\n\n<blockquote><blockquote></p></div></blockquote><![CDATA[ <<",
        b"Content-Transfer-Encoding: base64\n\n*",
        b"Message-ID: \x00\nFrom: a@b\n\n>",
    ],
)
def test_whatever_is_in_a_mail_it_is_read(content: bytes) -> None:
    assert read_mail(content, "", ()).size == len(content)


def test_word_of_a_mail_program_alone_is_cut_nowhere() -> None:
    assert read_mail(b"\nGroeten doen wonders, zeg dat maar.", "", ()).words == "Groeten doen wonders, zeg dat maar."


def test_address_has_a_seal_of_ours() -> None:
    other = REPLIES.mailbox.replace("@", f"+{'a' * 45}@")
    assert REPLIES.takes(other)
    assert REPLIES.message_of(other) is None
    assert len(ADDRESS.partition("@")[0]) <= 64
