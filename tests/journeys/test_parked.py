"""What an operator sees when more is parked than a screen holds, and how all that failed is tried again."""

import asyncio
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.cli import parked_retry
from deploy.cli.app import app
from deploy.embedded.throw_away_server import migrated_server
from shared.messaging.parked import PostgresParking
from shared.storage.database import Database
from shared.unit_of_work import Parked, ParkedState
from tests.journeys.test_cli import schakel
from tests.parts.audit import AUDIT_KEY

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]


FAILED, RETRY, GAP, BEHIND = ParkedState.FAILED, ParkedState.RETRY, ParkedState.GAP, ParkedState.BEHIND
FUTURE = "nl.schakel.intake.request-received.v99"
OTHER = "nl.schakel.intake.case-closed.v1"


async def stand_aside(url: str, *kinds: tuple[str, ParkedState]) -> list[str]:
    """Events of these types in these states, oldest first."""
    events = [str(uuid.UUID(int=at)) for at in range(1, len(kinds) + 1)]
    database = Database(url, application_name="schakel-test")
    async with database.transaction() as connection:
        for at, (event, (wire_name, state)) in enumerate(zip(events, kinds, strict=True)):
            parked_at = datetime(2026, 3, 2, 9, at, tzinfo=UTC)
            await PostgresParking(connection).park(
                Parked(event, "intake", event, 1, wire_name, state, "an unknown version", b"{}", {}, parked_at)
            )
    await database.close()
    return events


async def test_list_of_what_stands_aside_says_where_it_holds_more(tmp_path: Path) -> None:
    async with migrated_server() as databases:
        urls = {f"SCHAKEL_{name.upper()}_DATABASE_URL": databases[name].app_url for name in ("matching", "notify")}
        events = await stand_aside(databases["matching"].app_url, *[(FUTURE, FAILED)] * 3)
        await stand_aside(databases["notify"].app_url, *[(FUTURE, FAILED)] * 2)

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


async def states(url: str) -> list[ParkedState]:
    """Of what is parked there, oldest first."""
    database = Database(url, application_name="schakel-test")
    async with database.transaction() as connection:
        found = [item.state for item in await PostgresParking(connection).all(100)]
    await database.close()
    return found


async def retry(urls: Mapping[str, str], *which: str) -> tuple[int, str]:
    """`schakel parked retry …` where nobody answers a question; its exit code and all that it says."""
    command = ["parked", "retry", *which]
    done = await asyncio.to_thread(CliRunner().invoke, app, command, env={"SCHAKEL_AUDIT_KEY": AUDIT_KEY, **urls})
    return done.exit_code, done.output + str(done.exception)


async def test_all_that_failed_is_tried_again_after_a_question_and_what_waits_is_left() -> None:
    async with migrated_server() as databases:
        matching, notify = databases["matching"].app_url, databases["notify"].app_url
        urls = {"SCHAKEL_MATCHING_DATABASE_URL": matching, "SCHAKEL_NOTIFY_DATABASE_URL": notify}
        await stand_aside(matching, *[(FUTURE, FAILED)] * 3, (OTHER, FAILED), (FUTURE, GAP), (FUTURE, BEHIND))
        await stand_aside(notify, (FUTURE, FAILED), (FUTURE, FAILED))

        unanswered = await retry(urls, "--all")
        assert await states(notify) == [FAILED, FAILED]
        of_type = await retry(urls, "--type", FUTURE, "--yes")
        after_type = await states(matching)
        of_service = await retry(urls, "--service", "matching", "--yes")
        after_service = await states(matching)
        nothing = [await retry(urls, "--all", "--yes"), await retry(urls, "--type", "nl.schakel.typo.v1", "--yes")]

    assert (unanswered[0], "Try 6 events again (matching 4, notify 2)?" in unanswered[1]) == (1, True)
    assert of_type[0] == of_service[0] == 0, (of_type, of_service)
    for said in ("matching: 3 will be tried", "notify: 2 will be tried", "2 more wait for an earlier event"):
        assert said in of_type[1]
    assert after_type == [RETRY, RETRY, RETRY, FAILED, GAP, BEHIND]
    assert after_service == [RETRY, RETRY, RETRY, RETRY, GAP, BEHIND]
    assert [code for code, _ in nothing] == [1, 1]
    assert "nothing of type nl.schakel.typo.v1 failed" in nothing[1][1]


@pytest.mark.parametrize(
    ("which", "said"),
    [((), "--all, --type or --service"), (("x", "--all"), "not both"), (("x", "--type", "y"), "not both")],
)
async def test_retry_that_does_not_say_which_changes_nothing_and_asks(which: tuple[str, ...], said: str) -> None:
    code, output = await retry({}, *which)

    assert (code, said in output) == (1, True)


async def test_many_that_failed_are_asked_for_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parked_retry, "AT_ONCE", 2)
    async with migrated_server() as databases:
        url = databases["notify"].app_url
        await stand_aside(url, *[(FUTURE, FAILED)] * 5)
        database = Database(url, application_name="schakel-test")

        await parked_retry.retry_failed({"notify": database}, "", ask=False)

        await database.close()
        assert await states(url) == [RETRY] * 5
