"""Asking for help on a real database: pressed twice at the same moment, and two workers at once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from services.intake.commands import RaiseSignal
from services.intake.domain.draft import DraftKind
from services.intake.handlers.drafts import forget_old_drafts, keep_draft
from services.intake.handlers.signals import follow_signals, raise_signal
from services.intake.store.repositories import PostgresIntakeUnit
from shared.events.base import Event
from shared.events.catalogue import kind_of
from shared.events.early_signals import EarlySignalQuestionDue, EarlySignalRaised
from shared.events.intake import RequestReceived
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from tests.parts import asking
from tests.parts.city import a_city
from tests.unit.intake.app import app_on, person_of
from tests.unit.intake.builders import ROOS, everybody_joins
from tests.unit.intake.conformance_drafts import ID
from tests.unit.intake.pages import DRAFT, FORM

pytestmark = pytest.mark.postgres
Units = PostgresUnits[PostgresIntakeUnit]
PATH = f"/aanvragen/nieuw/{DRAFT}"


async def counted(database: Database, kind: type[Event]) -> int:
    """How often this was said."""
    query = text("SELECT count(*) FROM outbox WHERE type LIKE :kind")
    async with database.transaction() as connection:
        return int((await connection.execute(query, {"kind": f"%.{kind_of(kind)}.v1"})).scalar_one())


async def rows(database: Database, *tables: str) -> list[int]:
    """How many rows stand in each."""
    async with database.transaction() as connection:
        return [(await connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one() for name in tables]  # noqa: S608 - our own names


async def test_request_sent_many_times_at_the_same_moment_is_one_and_its_draft_is_gone(
    database: Database, units: Units
) -> None:
    async with units.begin() as unit:
        await everybody_joins(unit)
    today = f"{datetime.now(UTC):%d-%m-%Y}"
    async with person_of(app_on(units), ROOS) as client:
        typed = {**FORM, "child.birthDate": today, "consent.givenOn": today}
        first = await asyncio.gather(*(asking.fills_in(client, typed, DRAFT, "toestemming") for _ in range(4)))
        assert {reply.headers["Location"] for reply in first} == {f"{PATH}/kind"}
        assert await rows(database, "drafts", "draft_keys") == [1, 1]
        await asking.fills_in(client, typed, DRAFT)
        version = {"version": await asking.version_of(client, DRAFT)}
        sent = await asyncio.gather(*(client.post(f"{PATH}/verstuur", data=version) for _ in range(4)))
        late = await asking.fills_in(client, typed, DRAFT, "kind")
    assert {reply.status_code for reply in (*sent, late)} == {303}
    assert len({reply.headers["Location"] for reply in (*sent, late)}) == 1
    assert await counted(database, RequestReceived) == 1
    assert await rows(database, "cases", "drafts", "draft_keys") == [1, 0, 0]


async def test_draft_is_destroyed_with_its_key_when_its_days_are_over(database: Database, units: Units) -> None:
    async with units.begin() as unit:
        await keep_draft(ID, DraftKind.REQUEST, {"story": "Een jas."}, unit, ROOS)
    for days, left in ((a_city().retention.draft_days - 1, 1), (a_city().retention.draft_days + 1, 0)):
        async with database.transaction() as connection:
            await connection.execute(
                text("UPDATE drafts SET saved_at = now() - CAST(:age AS interval)"), {"age": timedelta(days=days)}
            )
        async with units.begin() as unit:
            await forget_old_drafts(unit)
        assert await rows(database, "drafts", "draft_keys") == [left, left]


async def test_two_workers_ask_about_a_signal_once(database: Database, units: Units) -> None:
    async with units.begin() as unit:
        await raise_signal(RaiseSignal(signal_id=ID, worries=("stress-at-home",)), unit, ROOS)
    assert await counted(database, EarlySignalRaised) == 1
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE signals SET question_at = now() - interval '1 minute'"))

    async def work() -> None:
        async with units.begin() as unit:
            await follow_signals(unit)
            await asyncio.sleep(0.1)

    await asyncio.gather(work(), work())
    await work()
    assert await counted(database, EarlySignalQuestionDue) == 1


async def test_signal_raised_twice_at_the_same_moment_is_one(database: Database, units: Units) -> None:
    command = RaiseSignal(signal_id=ID, worries=("stress-at-home",), remark="Vrijdag vragen.")

    async def work() -> None:
        async with units.begin() as unit:
            await raise_signal(command, unit, ROOS)

    await asyncio.gather(*(work() for _ in range(4)))
    assert await counted(database, EarlySignalRaised) == 1
    assert await rows(database, "signals", "signal_keys", "signal_remarks") == [1, 1, 1]
