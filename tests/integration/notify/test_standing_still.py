"""Hold at T against mail that was claimed at T minus one second, on PostgreSQL."""

import asyncio
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from services.notify.domain.letter import Delivery
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason
from services.notify.domain.wanted import Wanted
from services.notify.handlers.messages import stands_still
from services.notify.sender.composing import Composer
from services.notify.sender.loop import Sender
from shared.events import programme
from shared.events.base import Event
from shared.storage.database import Database
from tests.integration.notify.databases import postgres_units
from tests.integration.notify.stories import HANDLERS
from tests.twins.clock import HeldClock
from tests.twins.mailer import InMemoryAddressBook, InMemoryFollowUpLinks, PlainLetters, RecordingMailer
from tests.unit.notify import builders, network
from tests.unit.notify.test_standing_still import LIFTED, SET

TO = {
    person: Delivery(f"{person}@school.example", "Iemand", "https://schakel.example/antwoord/x")
    for person in (builders.AMBASSADOR, builders.CONTACT)
}


class SlowAddressBook(InMemoryAddressBook):
    """Answers when it is told to: until then each letter is on its way."""

    def __init__(self) -> None:
        super().__init__(TO)
        self.was_asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def delivery(self, message: Message) -> Any:  # noqa: ANN401 - as the twin has it
        self.was_asked.set()
        await self.may_answer.wait()
        return await super().delivery(message)


@pytest.mark.postgres
async def test_mail_claimed_a_second_before_the_hold_does_not_leave_and_is_kept(database: Database) -> None:
    clock = HeldClock(builders.NOW)
    units, book, mailer = postgres_units(database, clock), SlowAddressBook(), RecordingMailer()
    sender = Sender(units, Composer(book, InMemoryFollowUpLinks(), PlainLetters()), mailer, random=Random(1))

    async def hear(event: Event) -> None:
        async with units.begin() as unit:
            await HANDLERS[type(event)](event, unit)

    await hear(builders.partner_activated())
    sending = asyncio.create_task(sender.send_due())
    await book.was_asked.wait()
    clock.forward(timedelta(seconds=1))
    await hear(SET)
    book.may_answer.set()
    await sending

    assert mailer.inbox == []
    async with units.begin() as unit:
        kept = await unit.messages.get_of_case(builders.CASE)
        assert {(one.state, one.reason) for one in kept} == {(MessageState.WITHDRAWN, Reason.CASE_ON_HOLD)}
        assert await unit.ended_cases.count(Reason.CASE_ON_HOLD) == 1
        assert await unit.overview.list_in_state(MessageState.WITHDRAWN, 10) == []
    await hear(LIFTED)
    async with units.begin() as unit:
        assert len(await unit.overview.list_in_state(MessageState.WITHDRAWN, 10)) == len(kept)


@pytest.mark.postgres
async def test_sender_that_looks_while_the_hold_is_written_waits_for_it(database: Database) -> None:
    units = postgres_units(database, HeldClock(builders.NOW))
    async with units.begin() as unit:
        await HANDLERS[type(builders.partner_activated())](builders.partner_activated(), unit)
        (message, *_) = await unit.messages.get_of_case(builders.CASE)

    async def look() -> bool:
        async with units.begin() as unit:
            return await stands_still(message, unit)

    async with units.begin() as unit:
        await HANDLERS[type(SET)](SET, unit)
        looking = asyncio.create_task(look())
        await asyncio.sleep(0.2)
        assert not looking.done()
    assert await looking


@pytest.mark.postgres
async def test_what_is_only_for_its_reader_stands_on_no_page(database: Database) -> None:
    when = builders.NOW + timedelta(days=7)
    asked = network.network(
        programme.ExpertAsked, subject=builders.REFERRAL, gathering_id=builders.CASE, person_id=builders.CONTACT,
        starts_at=when, answer_by=when,
    )  # fmt: skip
    async with postgres_units(database, HeldClock(builders.NOW)).begin() as unit:
        unit.caused_by(builders.CAUSE)
        await HANDLERS[type(asked)](asked, unit)
    async with postgres_units(database, HeldClock(builders.NOW)).begin() as unit:
        (kept,) = await unit.messages.get_about(builders.REFERRAL)
        assert await unit.overview.read(kept.id) is None
        assert await unit.overview.list_found(Wanted(recipient_id=builders.CONTACT), 9) == []
        assert await unit.overview.list_in_need(9) == []
