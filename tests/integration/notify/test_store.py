"""The store on PostgreSQL and its twin: the same story gives the same messages on both."""

import asyncio
import contextlib
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry
from sqlalchemy import text

from services.notify.adapters.metrics import MailMetrics
from services.notify.adapters.wake import Listener
from services.notify.commands import ClaimMessages, RecordOutcome
from services.notify.domain.errors import NotRetryable
from services.notify.domain.letter import Delivery
from services.notify.domain.message import MessageState
from services.notify.domain.outcome import Accepted, Deferred, Overtaken, Reason, Refused, Unknown
from services.notify.handlers.messages import claim_messages, forget_old_messages, record_outcomes, retry_message
from services.notify.ports import NotifyUnit
from services.notify.sender.composing import Composer
from services.notify.sender.loop import Sender
from services.notify.store.messages import NOTIFY_CHANNEL
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.events import intake, matching
from shared.events.base import Event
from shared.events.notify import RefusalKind
from shared.messaging.subscriptions import by_event
from shared.storage.database import Database
from shared.storage.migrations import drift
from shared.unit_of_work import Units
from tests.integration.notify.databases import FOLDER, memory_units, postgres_units
from tests.twins.clock import HeldClock
from tests.twins.mailer import InMemoryAddressBook, InMemoryFollowUpLinks, PlainLetters, RecordingMailer
from tests.unit.notify import builders

HANDLERS = by_event(SUBSCRIPTIONS)

EVENTS: list[Event] = [
    builders.request_received(),
    builders.partner_activated(),
    builders.partner_accepted(),
    builders.partner_declined(),
    builders.acceptance_reverted(),
    builders.referral_withdrawn(),
    builders.response_reminder_due(),
    builders.no_partner_found(),
    builders.follow_up_due(),
    builders.follow_up_reminder_due(),
    builders.follow_up_recorded(),
    builders.child_out_of_sight(),
    builders.sign_in_requested(),
    builders.person_joined(builders.COORDINATOR),
    builders.person_joined(builders.COORDINATOR, active=False),
    builders.case_closed(),
    builders.case_reopened(),
    builders.new_question_raised(),
    builders.case_withdrawn(),
    builders.case_erased(),
]
OUTCOMES = [
    Accepted(),
    Deferred(Reason.MAIL_SERVER_BUSY, 451),
    Refused(RefusalKind.REFUSED_BY_SERVER, 550, address_at_fault=True),
    Unknown(),
    Overtaken(),
]
HEARD = st.sampled_from(EVENTS)
ATTEMPTED = st.sampled_from(OUTCOMES)
PASSED = st.sampled_from([timedelta(seconds=5), timedelta(minutes=11), timedelta(days=3), timedelta(days=200)])
STORY = st.lists(st.one_of(HEARD, ATTEMPTED, PASSED, st.sampled_from(["claim", "retry", "forget"])), max_size=25)


class Telling:
    """A story as it happens in one store."""

    def __init__(self, units: Units[NotifyUnit]) -> None:
        self.units = units

    async def happen(self, step: object) -> list[object]:
        """Do one thing; returns everything that can be seen afterwards."""
        async with self.units.begin() as unit:
            match step:
                case Event():
                    unit.caused_by(builders.CAUSE)
                    await HANDLERS[type(step)](step, unit)
                case "claim":
                    await claim_messages(ClaimMessages(2), unit)
                case "forget":
                    await forget_old_messages(unit)
                case "retry":
                    await _retry_all(unit)
                case Accepted() | Deferred() | Refused() | Unknown() | Overtaken():
                    claimed = await claim_messages(ClaimMessages(1), unit)
                    recorded = [RecordOutcome(message.id, message.attempt, step, 0.5) for message in claimed]
                    await record_outcomes(recorded, unit)
        async with self.units.begin() as unit:
            return await _everything(unit)


async def _retry_all(unit: NotifyUnit) -> None:
    for message in await unit.overview.list_in_need(100):
        with contextlib.suppress(NotRetryable):
            await retry_message(message.id, unit)


async def _everything(unit: NotifyUnit) -> list[object]:
    return [
        await unit.overview.count_by_state(),
        [await unit.overview.list_in_state(state, 1000) for state in MessageState],
        await unit.overview.list_in_need(1000),
        await unit.overview.list_in_need(1),
        await unit.overview.list_reasons_to_wait(),
        await unit.messages.get_about(builders.REFERRAL),
        await unit.messages.get_of_case(builders.CASE),
        await unit.people.list_coordinators(),
        await unit.ended_cases.get_reason(builders.CASE),
    ]


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
@given(story=STORY)
@pytest.mark.postgres
@pytest.mark.timeout(300)
async def test_the_same_story_gives_the_same_messages_in_postgres_and_in_memory(
    story: list[object], database: Database
) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("TRUNCATE messages, people, ended_cases, outbox, subject_versions"))
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
        (message,) = await unit.messages.get_of_case(builders.CASE)
    assert message.state is MessageState.QUEUED


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
