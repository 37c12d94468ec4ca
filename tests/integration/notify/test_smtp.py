"""The mailer against real mail servers, good ones and broken ones: what is taken, and what is known about it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email.message import EmailMessage

import pytest

from services.notify.adapters.smtp import MailServer, SmtpMailer, TimeLimits
from services.notify.domain.outcome import Accepted, Deferred, Reason, Refused, Unknown
from shared.events.notify import RefusalKind
from tests.integration.notify.letters import LETTER, letter
from tests.integration.notify.mail_servers import DROP, HANG, Orders, Script, real_server, scripted_server

SENDER = "schakel@schiewijk.example"
# What goes well takes as long as a busy machine needs; only what must run out of time is given little of it.
PATIENT = TimeLimits(waiting_for_a_line=30, entering=30, asking=30, handing_over=30)
A_MOMENT = 0.3


@asynccontextmanager
async def mailer_at(port: int, connections: int = 4, limits: TimeLimits = PATIENT) -> AsyncIterator[SmtpMailer]:
    server = MailServer("127.0.0.1", port, SENDER, starttls=False, connections=connections)
    mailer = SmtpMailer(server, limits)
    try:
        yield mailer
    finally:
        await mailer.close()


async def test_mail_arrives_whole_with_the_headers_of_an_automatic_message() -> None:
    orders = Orders()
    async with real_server(orders) as port, mailer_at(port) as mailer:
        assert await mailer.send(LETTER) == Accepted()

    (mail,) = orders.mails
    assert mail["Message-ID"] == f"<{LETTER.message_id}>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["From"] == f"Schakel <{SENDER}>"
    (to,) = mail["To"].addresses
    assert (to.display_name, to.addr_spec) == (LETTER.to_name, LETTER.to_address)
    assert mail["Date"].datetime == LETTER.written_at
    assert mail["Subject"] == LETTER.subject
    assert mail.get_content_type() == "multipart/alternative"
    assert _part(mail, "plain") == LETTER.text
    assert _part(mail, "html").strip() == LETTER.html
    assert orders.raw[0].isascii()


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("field", ["to_name", "subject"])
async def test_line_break_in_a_name_adds_no_header(field: str) -> None:
    orders = Orders()
    smuggled = letter(**{field: "Zoë\r\nBcc: iedereen@elders.example\r\n\r\nhallo"})
    async with real_server(orders) as port, mailer_at(port) as mailer:
        assert await mailer.send(smuggled) == Accepted()

    (mail,) = orders.mails
    assert mail["Bcc"] is None
    assert _part(mail, "plain") == LETTER.text


@pytest.mark.parametrize(
    "address", ["", "geen-adres", "a@b.nl\r\nDATA", "a@b.nl> SIZE=1", "twee@a.nl, drie@b.nl", "é@b.nl"]
)
async def test_unusable_address_is_refused_without_a_word_to_the_server(address: str) -> None:
    async with mailer_at(1) as mailer:
        outcome = await mailer.send(letter(to_address=address))

    assert outcome == Refused(RefusalKind.NO_ADDRESS, address_at_fault=True)


async def test_many_letters_go_over_few_kept_connections() -> None:
    orders = Orders()
    async with real_server(orders) as port, mailer_at(port, connections=2) as mailer:
        outcomes = await asyncio.gather(*(mailer.send(letter(message_id=f"{n}@x.example")) for n in range(20)))

    assert outcomes == [Accepted()] * 20
    assert len({str(mail["Message-ID"]) for mail in orders.mails}) == 20
    assert orders.sessions <= 2


async def test_connection_that_the_server_left_is_replaced_at_once() -> None:
    orders = Orders()
    async with real_server(orders) as port, mailer_at(port) as mailer:
        assert await mailer.send(LETTER) == Accepted()
        for client, _ in mailer._idle:
            assert isinstance(client.transport, asyncio.Transport)
            client.transport.abort()
        assert await mailer.send(LETTER) == Accepted()

    assert (len(orders.mails), orders.sessions) == (2, 2)


async def test_kept_connection_cut_before_data_is_tried_again_on_a_new_one() -> None:
    script = Script(["220 ok", "250 ok", "250 ok", "250 ok", "354 go", "250 ok", DROP])
    async with scripted_server(script) as port, mailer_at(port) as mailer:
        assert await mailer.send(LETTER) == Accepted()
        assert await mailer.send(LETTER) == Accepted()

    assert (len(script.took), script.connections) == (2, 2)


@pytest.mark.parametrize("before", [[], ["250 ok"], ["250 ok", "250 ok"], ["250 ok", "250 ok", "354 go"]])
async def test_kept_connection_that_the_server_is_closing_is_replaced_at_once(before: list[str]) -> None:
    script = Script([*ENVELOPE, "354 go", "250 ok", *before, "421 closing"])
    async with scripted_server(script) as port, mailer_at(port) as mailer:
        assert await mailer.send(LETTER) == Accepted()
        assert await mailer.send(LETTER) == Accepted()

    assert script.connections == 2


@pytest.mark.parametrize("answer", ["450 later", "421 closing", "452 full"])
async def test_server_that_asks_for_time_defers(answer: str) -> None:
    orders = Orders(data=[answer])
    async with real_server(orders) as port, mailer_at(port) as mailer:
        assert await mailer.send(LETTER) == Deferred(Reason.MAIL_SERVER_BUSY, int(answer[:3]))
        assert await mailer.send(LETTER) == Accepted()

    assert len(orders.mails) == 1


async def test_mailbox_that_does_not_exist_is_refused_and_the_address_is_at_fault() -> None:
    orders = Orders(rcpt=["550 5.1.1 zoe.contact@fietsen.example: no such mailbox"])
    async with real_server(orders) as port, mailer_at(port) as mailer:
        outcome = await mailer.send(LETTER)

    assert outcome == Refused(RefusalKind.REFUSED_BY_SERVER, 550, address_at_fault=True)


async def test_content_that_is_refused_is_not_the_fault_of_the_address() -> None:
    orders = Orders(data=["554 looks like spam"])
    async with real_server(orders) as port, mailer_at(port) as mailer:
        assert await mailer.send(LETTER) == Refused(RefusalKind.REFUSED_BY_SERVER, 554)


async def test_server_that_takes_too_long_after_the_message_leaves_it_unknown() -> None:
    orders = Orders(slowly=A_MOMENT * 2)
    impatient = replace(PATIENT, handing_over=A_MOMENT)
    async with real_server(orders) as port, mailer_at(port, limits=impatient) as mailer:
        assert await mailer.send(LETTER) == Unknown()


async def test_nobody_at_the_door_defers() -> None:
    async with mailer_at(1) as mailer:
        assert await mailer.send(LETTER) == Deferred(Reason.MAIL_SERVER_AWAY)


async def test_server_that_was_reached_gets_the_letter_on_the_same_connection() -> None:
    orders = Orders()
    async with real_server(orders) as port, mailer_at(port) as mailer:
        assert await mailer.reach() is None
        assert await mailer.reach() is None
        assert await mailer.send(LETTER) == Accepted()
    assert orders.sessions == 1


async def test_server_that_is_away_is_not_reached() -> None:
    async with mailer_at(1) as mailer:
        assert await mailer.reach() == Deferred(Reason.MAIL_SERVER_AWAY)


async def test_server_that_hangs_is_away_also_when_it_is_only_reached_for() -> None:
    limits = replace(PATIENT, entering=A_MOMENT)
    async with scripted_server(Script([HANG] * 4)) as port, mailer_at(port, 4, limits) as mailer:
        assert [await mailer.reach() for _ in range(4)] == [Deferred(Reason.MAIL_SERVER_AWAY)] * 4


HELLO = ["220 ok", "250 ok"]
ENVELOPE = [*HELLO, "250 ok", "250 ok"]


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ([DROP], Deferred(Reason.MAIL_SERVER_AWAY)),
        (["hallo, wie ben jij?"], Deferred(Reason.MAIL_SERVER_AWAY)),
        (["554 not you"], Deferred(Reason.MAIL_SERVER_BUSY, 554)),
        ([*HELLO, "550 not you"], Deferred(Reason.MAIL_SERVER_LOCKED, 550)),
        ([*HELLO, "wat?"], Deferred(Reason.MAIL_SERVER_BUSY)),
        ([*HELLO, "250 ok", DROP], Deferred(Reason.MAIL_SERVER_AWAY)),
        ([*ENVELOPE, DROP], Deferred(Reason.MAIL_SERVER_AWAY)),
        ([*ENVELOPE, "451 later"], Deferred(Reason.MAIL_SERVER_BUSY, 451)),
        ([*ENVELOPE, "250 misunderstood"], Deferred(Reason.MAIL_SERVER_BUSY, 250)),
        ([*ENVELOPE, "354 go", DROP], Unknown()),
        ([*ENVELOPE, "354 go", "wat?"], Unknown()),
        ([*ENVELOPE, "354 go", "354 again"], Unknown()),
        ([*ENVELOPE, "354 go", "451 later"], Deferred(Reason.MAIL_SERVER_BUSY, 451)),
        ([*ENVELOPE, "354 go", "554 never"], Refused(RefusalKind.REFUSED_BY_SERVER, 554)),
    ],
    ids=lambda value: " ".join(value[-1:]) if isinstance(value, list) else "",
)
async def test_broken_server_tells_apart_what_may_have_been_taken(steps: list[str], outcome: object) -> None:
    script = Script(list(steps))
    async with scripted_server(script) as port, mailer_at(port) as mailer:
        assert await mailer.send(LETTER) == outcome
        assert len(script.took) == ("354 go" in steps)

        assert await mailer.send(LETTER) == Accepted()


@pytest.mark.parametrize(
    ("steps", "step", "outcome"),
    [
        ([HANG], "entering", Deferred(Reason.MAIL_SERVER_AWAY)),
        ([*HELLO, "250 ok", HANG], "asking", Deferred(Reason.MAIL_SERVER_AWAY)),
        ([*ENVELOPE, "354 go", HANG], "handing_over", Unknown()),
    ],
    ids=["greeting", "RCPT", "content"],
)
async def test_silent_server_tells_apart_what_may_have_been_taken(steps: list[str], step: str, outcome: object) -> None:
    script = Script(list(steps))
    async with scripted_server(script) as port, mailer_at(port) as mailer:
        mailer._limits = replace(PATIENT, **{step: A_MOMENT})
        assert await mailer.send(LETTER) == outcome
        assert len(script.took) == ("354 go" in steps)

        mailer._limits = PATIENT
        assert await mailer.send(LETTER) == Accepted()


async def test_server_without_encryption_is_not_trusted_when_it_is_asked_for() -> None:
    async with real_server(Orders()) as port:
        mailer = SmtpMailer(MailServer("127.0.0.1", port, SENDER, starttls=True), PATIENT)
        assert await mailer.send(LETTER) == Deferred(Reason.MAIL_SERVER_LOCKED)


async def test_all_connections_busy_defers_instead_of_waiting_for_ever() -> None:
    orders = Orders(slowly=2)
    async with real_server(orders) as port, mailer_at(port, 1, replace(PATIENT, waiting_for_a_line=0.1)) as mailer:
        first = asyncio.create_task(mailer.send(LETTER))
        await asyncio.sleep(0.05)
        assert await mailer.reach() == Deferred(Reason.NO_LINE_FREE)
        assert await mailer.send(LETTER) == Deferred(Reason.NO_LINE_FREE)
        assert await first == Accepted()
