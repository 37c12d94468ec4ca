"""The store on PostgreSQL and its twin: the same story gives the same messages on both."""

import asyncio
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from prometheus_client import CollectorRegistry
from sqlalchemy import text

from services.notify.adapters.metrics import MailMetrics
from services.notify.adapters.wake import Listener
from services.notify.commands import ClaimMessages
from services.notify.domain.letter import Delivery
from services.notify.domain.message import MessageState
from services.notify.domain.outcome import Accepted, Reason, Refused
from services.notify.handlers.cases import hold_cases
from services.notify.handlers.messages import claim_messages
from services.notify.sender.composing import Composer
from services.notify.sender.loop import Sender
from services.notify.store.messages import NOTIFY_CHANNEL
from shared.events import intake, matching, monitoring
from shared.events.base import Event
from shared.events.notify import RefusalKind
from shared.storage.database import Database
from shared.storage.migrations import drift
from tests.integration.notify.databases import FOLDER, memory_units, postgres_units
from tests.integration.notify.stories import HANDLERS, STORY, TABLES, Telling
from tests.twins.clock import HeldClock
from tests.twins.mailer import InMemoryAddressBook, InMemoryFollowUpLinks, PlainLetters, RecordingMailer
from tests.unit.notify import builders, network


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(story=[builders.request_received(), builders.partner_activated(), builders.sign_in_requested(), "claim"])
@example(
    story=[
        builders.request_received(),
        "claim",
        builders.case_closed(),
        builders.partner_activated(),
        builders.follow_up_due(),
        builders.follow_up_recorded(),
        timedelta(days=3),
        builders.new_question_raised(),
        Accepted(),
    ]
)
@example(
    story=[
        builders.person_joined(builders.COORDINATOR),
        builders.point(monitoring.EscalationRaised),
        builders.partner_declined(),
        builders.partner_activated(attempt=2),
        builders.handover_planned(),
        timedelta(days=3),
        "release",
        "claim",
        Refused(RefusalKind.REFUSED_BY_SERVER, 550),
        builders.case_withdrawn(),
        Accepted(),
        "prefer",
        builders.partner_accepted(),
        "retry",
        Accepted(),
    ]
)
@example(
    story=[
        builders.request_received(),
        network.ambassador_reminded(),
        builders.case_rests(),
        network.ambassador_reminded(at=builders.NOW + timedelta(hours=1)),
        network.ambassador_replaced(),
        builders.case_erased(),
        "claim",
    ]
)
@given(story=STORY)
@pytest.mark.postgres
@pytest.mark.timeout(300)
async def test_the_same_story_gives_the_same_messages_in_postgres_and_in_memory(
    story: list[object], database: Database
) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(f"TRUNCATE {TABLES}"))
    clock = HeldClock(builders.NOW)
    real, twin = Telling(postgres_units(database, clock)), Telling(memory_units(clock))
    for step in story:
        if isinstance(step, timedelta):
            clock.forward(step)
        else:
            assert await real.happen(step) == await twin.happen(step)


@pytest.mark.postgres
async def test_row_of_a_newer_release_waits_visibly_and_stops_no_other(database: Database) -> None:
    clock = HeldClock(builders.NOW)
    units = postgres_units(database, clock)
    async with units.begin() as unit:
        for event in (builders.request_received(), builders.partner_activated(), builders.follow_up_due()):
            await HANDLERS[type(event)](event, unit)
    await _change(database, "UPDATE messages SET template = 'novelty' WHERE template = 'request-received'")
    await _change(database, "UPDATE messages SET reason = 'novelty' WHERE template = 'follow-up'")
    registry = CollectorRegistry()
    book = InMemoryAddressBook(
        dict.fromkeys((builders.AMBASSADOR, builders.CONTACT), Delivery("a@school.example", "Noor"))
    )
    composer, mailer = Composer(book, InMemoryFollowUpLinks(), PlainLetters()), RecordingMailer()

    await Sender(units, composer, mailer, random=Random(1), tally=MailMetrics(registry)).send_due()

    async with units.begin() as unit:
        found = {message.draft.mail.template: message for message in await unit.messages.get_of_case(builders.CASE)}
        assert await unit.overview.list_reasons_to_wait() == {Reason.NOT_WRITABLE}
    assert found.pop("of-another-release").reason is Reason.NOT_WRITABLE
    assert [message.state for message in found.values()] == [MessageState.ACCEPTED] * 2
    labels = {"template": "of-another-release", "outcome": "queued", "reason": "not-writable"}
    assert registry.get_sample_value("schakel_mails_total", labels) == 1

    await _change(database, "UPDATE messages SET template = 'request-received' WHERE template = 'novelty'")
    clock.forward(timedelta(minutes=5))
    await Sender(units, composer, mailer, random=Random(1)).send_due()
    async with units.begin() as unit:
        assert {one.state for one in await unit.messages.get_of_case(builders.CASE)} == {MessageState.ACCEPTED}


async def _change(database: Database, statement: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(statement))


@pytest.mark.postgres
async def test_two_senders_never_claim_the_same_message(database: Database) -> None:
    units = postgres_units(database, HeldClock(builders.NOW))
    async with units.begin() as unit:
        for event in (builders.request_received(), builders.partner_activated(), builders.follow_up_due()):
            await HANDLERS[type(event)](event, unit)

    async with units.begin() as one, units.begin() as other:
        first = await claim_messages(ClaimMessages(2), one)
        second = await claim_messages(ClaimMessages(2), other)

    assert (len(first), len(second)) == (2, 1)
    assert not {message.id for message in first} & {message.id for message in second}


@pytest.mark.postgres
async def test_mail_held_back_while_somebody_opens_the_case_again_goes_out(database: Database) -> None:
    units = postgres_units(database, HeldClock(builders.NOW))

    async def hear(event: Event) -> None:
        async with units.begin() as unit:
            await HANDLERS[type(event)](event, unit)

    await hear(builders.case_closed())
    async with units.begin() as unit:
        await HANDLERS[matching.PartnerActivated](builders.partner_activated(), unit)
        opening = asyncio.create_task(hear(builders.new_question_raised()))
        await asyncio.sleep(0.2)
    await opening

    async with units.begin() as unit:
        found = {one.draft.mail.template: one.state for one in await unit.messages.get_of_case(builders.CASE)}
    assert found["partner-activated"] is MessageState.QUEUED


@pytest.mark.postgres
@pytest.mark.parametrize("end", [builders.case_withdrawn(), builders.case_erased(), builders.case_closed()])
async def test_mail_queued_while_its_case_ends_in_the_same_moment_does_not_leave(
    database: Database, end: Event
) -> None:
    units = postgres_units(database, HeldClock(builders.NOW))

    async def hear(event: Event) -> None:
        async with units.begin() as unit:
            await HANDLERS[type(event)](event, unit)

    async with units.begin() as unit:
        await HANDLERS[matching.PartnerActivated](builders.partner_activated(), unit)
        ending = asyncio.create_task(hear(end))
        await asyncio.sleep(0.2)
    await ending

    async with units.begin() as unit:
        left = [message.draft.mail.template for message in await claim_messages(ClaimMessages(10), unit)]
    assert "partner-activated" not in left


@pytest.mark.postgres
async def test_batches_about_the_same_cases_never_wait_for_each_other_in_a_ring(database: Database) -> None:
    units, cases = postgres_units(database, HeldClock(builders.NOW)), [UUID(int=n) for n in range(1, 6)]
    ends: list[Event] = [builders.case_withdrawn().model_copy(update={"subject": case}) for case in cases]
    asks: list[Event] = [builders.partner_declined().model_copy(update={"subject": case}) for case in reversed(cases)]

    async def hear(events: list[Event]) -> None:
        async with units.begin() as unit:
            await hold_cases(events, unit)
            for event in events:
                await HANDLERS[type(event)](event, unit)
                await asyncio.sleep(0.01)

    await asyncio.gather(*(hear(events) for events in (ends, asks, ends[::-1], asks[::-1])))


@pytest.mark.postgres
@pytest.mark.parametrize("tls", ["", "?ssl=prefer"])
async def test_queueing_wakes_who_listens_for_messages(database: Database, tls: str) -> None:
    woken, stop = asyncio.Event(), asyncio.Event()
    listening = asyncio.create_task(Listener(database.url + tls, NOTIFY_CHANNEL, woken.set, Random(1)).run(stop))
    await asyncio.wait_for(woken.wait(), 5)
    woken.clear()

    units = postgres_units(database, HeldClock(builders.NOW))
    async with units.begin() as unit:
        await HANDLERS[intake.RequestReceived](builders.request_received(), unit)

    await asyncio.wait_for(woken.wait(), 5)
    stop.set()
    await listening


@pytest.mark.postgres
async def test_tables_in_the_code_are_those_of_the_migrations(database: Database) -> None:
    await drift(database.url, FOLDER)
