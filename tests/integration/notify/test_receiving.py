"""Mail that comes in, over a real line and on PostgreSQL: nothing is lost, nothing comes twice, nothing leaks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final
from uuid import UUID

import aiosmtplib
import pytest
from sqlalchemy import text

from services.notify.adapters.mail_listener import MOST_OFFERED, keep_open, open_door
from services.notify.domain.received import MOST_BYTES, Outcome, ReceivedMail, ReplyDraft
from services.notify.ports import NotifyUnit
from shared.events.notify import IgnoredReason
from shared.kernel.errors import Transient
from shared.storage.database import Database
from shared.unit_of_work import Units
from tests.integration.notify.databases import memory_units, postgres_units
from tests.twins.clock import HeldClock
from tests.unit.notify.builders import NOW
from tests.unit.notify.receiving import (
    ABOUT,
    ABOUT_A_CHILD,
    ADDRESS,
    ASKED,
    MESSAGE,
    OWN,
    TEACHER,
    WORDS,
    Replies,
    a_mail,
    a_report,
)

TABLES: Final = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def units(request: pytest.FixtureRequest) -> Units[NotifyUnit]:
    clock = HeldClock(NOW)
    if request.param == "memory":
        return memory_units(clock)
    return postgres_units(request.getfixturevalue("database"), clock)


async def test_stores_keep_and_forget_alike(units: Units[NotifyUnit]) -> None:
    seen = ReceivedMail(UUID(int=1), b"m" * 32, NOW, Outcome.DRAFTED.value, ABOUT, ASKED)
    draft = ReplyDraft(UUID(int=1), ABOUT, ASKED, NOW, WORDS)
    async with units.begin() as unit:
        await unit.received.hold(ASKED)
        assert [await unit.received.add(seen), await unit.received.add(seen)] == [True, False]
        assert [await unit.received.has(seen.mark), await unit.received.has(b"x")] == [True, False]
        await unit.reply_drafts.add(draft)
        await unit.closed_questions.close(ABOUT)
        await unit.closed_questions.close(ABOUT)
    async with units.begin() as unit:
        assert await unit.reply_drafts.read(draft.id) == draft
        assert await unit.reply_drafts.read(UUID(int=9)) is None
        assert await unit.reply_drafts.count(ABOUT, ASKED) == 1
        assert await unit.reply_drafts.count(ABOUT, MESSAGE) == 0
        assert await unit.received.list_newest(5) == [seen]
        assert await unit.received.count_by_outcome(NOW - timedelta(1)) == {"drafted": 1}
        assert await unit.received.count_by_outcome(NOW) == {}
        assert [await unit.closed_questions.is_closed(one) for one in (ABOUT, ASKED)] == [True, False]
        assert await unit.reply_drafts.forget(NOW - timedelta(1)) == 0
        assert await unit.reply_drafts.forget(NOW) == 1
        await unit.reply_drafts.add(draft)
        await unit.reply_drafts.remove(draft.id)
        await unit.reply_drafts.remove(draft.id)
        await unit.reply_drafts.add(draft)
        await unit.reply_drafts.remove_about(ABOUT)
        assert await unit.reply_drafts.count(ABOUT, ASKED) == 0
        late = NOW + timedelta(1)
        assert [await unit.received.forget(late), await unit.closed_questions.forget(late)] == [1, 1]


async def test_storm_ends_alike(units: Units[NotifyUnit]) -> None:
    replies = Replies(units)
    await replies.ask()
    said = [await replies.comes(a_mail("Ik ben er even niet.", number)) for number in range(20)]
    assert (said[:2], set(said[2:])) == (["250", "250"], {"450"})
    assert await replies.outcomes() == [Outcome.DRAFTED] * 2


@pytest.mark.postgres
async def test_same_mail_by_ten_ways_at_once_is_one_draft(database: Database) -> None:
    replies = Replies(postgres_units(database, HeldClock(NOW)))
    await replies.ask()

    assert set(await asyncio.gather(*[replies.comes(a_mail()) for _ in range(10)])) == {"250"}

    assert await replies.outcomes() == [Outcome.DRAFTED]
    assert replies.tally.counts == {"drafted": 1, "seen": 9}
    async with replies.units.begin() as unit:
        assert await unit.reply_drafts.count(ABOUT, ASKED) == 1


@pytest.mark.postgres
async def test_ten_answers_at_once_of_one_person_lead_to_two_mails(database: Database) -> None:
    replies = Replies(postgres_units(database, HeldClock(NOW)))
    await replies.ask()

    said = await asyncio.gather(*[replies.comes(a_mail(number=number)) for number in range(10)])

    assert sorted(said) == ["250"] * 2 + ["450"] * 8


@pytest.mark.postgres
async def test_words_are_in_no_table_and_in_no_log(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    replies = Replies(postgres_units(database, HeldClock(NOW)))
    await replies.ask()
    await replies.comes(a_mail(ABOUT_A_CHILD, 1))
    await replies.comes(a_mail(WORDS, 2))

    async with database.transaction() as connection:
        tables = list(await connection.scalars(text(TABLES)))
        rows = "SELECT t::text FROM {} AS t"
        found = [await connection.scalars(text(rows.format(one))) for one in tables]
        kept = " ".join([*(row for table in found for row in table), caplog.text])

    assert "personal-data" in kept
    for word in ("123456782", "Sem", WORDS, "kringloop", TEACHER):
        assert word not in kept
        assert word.encode().hex() not in kept


class Line:
    """Somebody's mail server in front of the door."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self.client = client

    async def send(self, content: bytes, to: str = ADDRESS, sender: str = TEACHER) -> int:
        try:
            await self.client.sendmail(sender, to, content)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return refused.recipients[0].code
        except aiosmtplib.SMTPResponseException as refused:
            return refused.code
        return 250


@asynccontextmanager
async def line_to(replies: Replies) -> AsyncIterator[Line]:
    async with open_door(replies.door, host="127.0.0.1", port=0, lmtp=False) as port:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False)
        async with client:
            yield Line(client)


async def test_mail_server_hands_mail_over() -> None:
    replies = Replies()
    await replies.ask()
    async with line_to(replies) as line:
        assert await line.send(a_mail()) == 250
        assert await line.send(a_mail()) == 250
        assert await line.send(a_report(), OWN, "") == 250
        assert await line.send(a_mail(number=3), "iemand@elders.example") == 550
        assert await line.send(a_mail(number=4), f"antwoord+{'a' * 45}@antwoord.schiewijk.example") == 550
        assert await line.send(b"\xff\x00 rommel\r\n") == 250
        assert await line.send(a_mail("x" * MOST_BYTES, 5)) == 552
        assert await line.send(a_mail("x" * MOST_OFFERED, 6)) == 552
    assert await replies.outcomes() == [
        Outcome.DRAFTED,
        Outcome.BOUNCED,
        IgnoredReason.UNKNOWN_ADDRESS,
        IgnoredReason.OTHER_SENDER,
        IgnoredReason.TOO_LARGE,
    ]


async def test_nothing_is_lost_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    replies = Replies()
    await replies.ask()

    def away() -> None:
        raise Transient

    async with line_to(replies) as line:
        with monkeypatch.context() as broken:
            broken.setattr(replies.units, "begin", away)
            assert await line.send(a_mail()) == 450
        assert await line.send(a_mail()) == 250
    assert await replies.outcomes() == [Outcome.DRAFTED]


async def test_mail_comes_over_lmtp_as_well() -> None:
    replies = Replies()
    await replies.ask()
    async with open_door(replies.door, host="127.0.0.1", port=0, lmtp=True) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        said = [await reader.readline()]
        commands = ("LHLO mx", f"MAIL FROM:<{TEACHER}>", f"RCPT TO:<{ADDRESS}>", f"RCPT TO:<{OWN}>", "DATA")
        for command in commands:
            writer.write(f"{command}\r\n".encode())
            while (answer := await reader.readline())[3:4] == b"-":
                pass
            said.append(answer)
        writer.write(a_mail().replace(b"\n", b"\r\n") + b"\r\n.\r\n")
        said += [await reader.readline(), await reader.readline()]
        writer.close()
    assert [one[:3] for one in said] == [b"220", b"250", b"250", b"250", b"250", b"354", b"250", b"250"]
    assert await replies.outcomes() == [Outcome.DRAFTED]


async def test_door_closes_when_it_is_to_stop() -> None:
    stop = asyncio.Event()
    stop.set()
    await asyncio.wait_for(keep_open(Replies().door, host="127.0.0.1", port=0, lmtp=False)(stop), 5)
