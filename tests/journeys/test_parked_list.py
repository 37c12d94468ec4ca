"""What an operator sees when more stands aside than a screen holds."""

import asyncio
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.embedded.throw_away_server import migrated_server
from shared.messaging.parked import PostgresParking
from shared.storage.database import Database
from shared.unit_of_work import Parked, ParkedState
from tests.journeys.test_cli import schakel

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]


async def stand_aside(url: str, count: int) -> list[str]:
    """So many events, oldest first."""
    events = [str(uuid.UUID(int=at)) for at in range(1, count + 1)]
    database = Database(url, application_name="schakel-test")
    async with database.transaction() as connection:
        for at, event in enumerate(events):
            parked_at = datetime(2026, 3, 2, 9, at, tzinfo=UTC)
            wire_name, state = "nl.schakel.intake.request-received.v99", ParkedState.FAILED
            await PostgresParking(connection).park(
                Parked(event, "intake", event, 1, wire_name, state, "an unknown version", b"{}", {}, parked_at)
            )
    await database.close()
    return events


async def test_list_of_what_stands_aside_says_where_it_holds_more(tmp_path: Path) -> None:
    async with migrated_server() as databases:
        urls = {f"SCHAKEL_{name.upper()}_DATABASE_URL": databases[name].app_url for name in ("matching", "notify")}
        events = await stand_aside(databases["matching"].app_url, 3)
        await stand_aside(databases["notify"].app_url, 2)

        cut, whole = [
            await asyncio.to_thread(schakel, "parked", "list", "--most", most, folder=tmp_path, **urls)
            for most in ("2", "3")
        ]

    assert cut.returncode == whole.returncode == 0, cut.stderr
    assert [event in cut.stdout for event in events] == [True, True, False]
    assert "And more at matching: these are the oldest 2" in cut.stdout
    assert "--most" in cut.stdout
    assert events[2] in whole.stdout
    assert "--most" not in whole.stdout
