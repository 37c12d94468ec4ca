"""The demo's mailbox: what is sent over SMTP is seen on the page and through the JSON door."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from deploy.demo.mailbox import Mailbox, mailbox_app, receive_mail
from services.notify.adapters.smtp import MailServer, SmtpMailer
from services.notify.domain.letter import Letter
from services.notify.domain.outcome import Accepted, Refused
from shared.events.notify import RefusalKind
from tests.integration.notify.letters import LETTER, letter
from tests.parts.city import a_city


@dataclass
class Post:
    """A mailbox with its page, and a mailer that sends to it."""

    mailer: SmtpMailer
    http: httpx.AsyncClient

    async def send(self, *letters: Letter) -> None:
        for sent in letters:
            assert await self.mailer.send(sent) == Accepted()

    async def page(self, path: str) -> httpx.Response:
        return await self.http.get(f"/postvak{path}")


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    mailbox = Mailbox(keep=3)
    http = httpx.AsyncClient(
        transport=httpx.ASGITransport(mailbox_app(mailbox, a_city().zone)), base_url="http://schakel.test"
    )
    async with receive_mail(mailbox) as port, http:
        mailer = SmtpMailer(MailServer("127.0.0.1", port, "schakel@schiewijk.example", starttls=False))
        yield Post(mailer, http)
        await mailer.close()


async def test_mail_is_found_by_its_reader_with_its_links(post: Post) -> None:
    link = "https://schakel.example/antwoord/x?a=1&amp;b=2"
    await post.send(letter(html=f'<a href="{link}">ja</a><a href="{link}">nee</a>'), letter(to_address="juf@school.nl"))

    reply = await post.page(f"/api/messages?to={LETTER.to_address.upper()}")

    (mail,) = reply.json()["messages"]
    assert (mail["to"], mail["subject"]) == (LETTER.to_address, LETTER.subject)
    assert mail["text"].replace("\r\n", "\n") == LETTER.text
    assert mail["links"] == ["https://schakel.example/antwoord/x?a=1&b=2"]
    assert mail["messageId"] == LETTER.message_id


async def test_newest_mail_stands_first_and_only_newer_ones_are_given_when_asked(post: Post) -> None:
    await post.send(letter(subject="een"), letter(subject="twee"))

    every = (await post.page("/api/messages")).json()["messages"]
    newer = (await post.page(f"/api/messages?since={every[1]['number']}")).json()["messages"]
    assert [mail["subject"] for mail in every] == ["twee", "een"]
    assert [mail["subject"] for mail in newer] == ["twee"]


async def test_mailbox_refuses_the_next_mail_to_whom_it_was_asked_to_and_takes_the_one_after(post: Post) -> None:
    assert (await post.http.post(f"/postvak/api/refusals?to={LETTER.to_address.upper()}")).status_code == 204
    await post.send(letter(to_address="juf@school.nl"))
    assert await post.mailer.send(LETTER) == Refused(RefusalKind.REFUSED_BY_SERVER, 550)
    await post.send(LETTER)

    reply = await post.page(f"/api/messages?to={LETTER.to_address}")
    assert len(reply.json()["messages"]) == 1


async def test_page_shows_who_has_mail_and_one_mail_whole(post: Post) -> None:
    await post.send(LETTER)

    inbox = (await post.page("")).text
    mail = (await post.page("/1")).text
    assert LETTER.to_address in inbox
    assert LETTER.subject in inbox
    assert 'src="/postvak/1/html"' in mail
    assert "auto-generated" in mail


async def test_script_in_a_mail_does_not_run(post: Post) -> None:
    script = "<script>alert(1)</script>"
    await post.send(letter(subject=script, html=f"<html><head></head><body>{script}</body></html>"))

    framed, page = await post.page("/1/html"), await post.page("/1")
    policy = framed.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert script not in page.text


async def test_only_so_many_mails_are_kept(post: Post) -> None:
    await post.send(*(letter(subject=str(number)) for number in range(5)))

    subjects = [mail["subject"] for mail in (await post.page("/api/messages")).json()["messages"]]
    assert subjects == ["4", "3", "2"]
    assert (await post.page("/1")).status_code == 404
