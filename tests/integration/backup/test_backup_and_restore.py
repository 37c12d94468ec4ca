"""A backup is whole, tells no name, and brings back neither who was erased nor what does not belong to it."""

import asyncio
import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from deploy.backup.archive import BackupDamaged, Part, files_in
from deploy.backup.chosen import DoesNotFit, choose
from deploy.backup.gate import StillRuns
from deploy.backup.making import KEYS_KEPT, Made, make_backup
from deploy.backup.restoring import PutBack, restore
from deploy.backup.same_moment import at_the_same_moment
from deploy.install.audit_log import verify, watch_of
from services.intake.domain.dossier import Fact
from services.intake.domain.errors import UnknownCase
from services.intake.handlers.erasing import erase_case
from shared.events.catalogue import wire_name
from shared.events.intake import CaseErased
from shared.privacy.audit import Action
from shared.storage.database import Database, driver_dsn
from tests.integration.backup.installation import VAULT, Installation

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]
YESTERDAY = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
SECRETS = ("Zonnetje", "Maan", "Verzonnen", "31612345678", "2024-09-01", "fiets om naar", "zoekt werk")


async def backed_up(schakel: Installation, at: datetime = YESTERDAY) -> Made:
    return await make_backup(schakel.found.databases, schakel.backups, at, lambda _: None)


async def put_back(schakel: Installation, *, without_keys: bool = False) -> PutBack:
    chosen = choose(schakel.backups, None, without_keys=without_keys)
    return await restore(schakel.found, chosen, lambda _: None)


async def erase(schakel: Installation, case_id: UUID) -> None:
    """As intake does it: written down outside the database as well."""
    async with schakel.intake() as units, units.begin() as unit:
        await erase_case(case_id, unit)


async def test_what_was_there_comes_back_whole_and_what_came_since_is_gone(schakel: Installation) -> None:
    (first,) = await schakel.add_cases()
    before = await schakel.facts_of(first.id)
    await backed_up(schakel)
    (later,) = await schakel.add_cases()

    await put_back(schakel)

    assert await schakel.facts_of(first.id) == before
    assert before.facts[Fact.FIRST_NAME]
    with pytest.raises(UnknownCase):
        await schakel.facts_of(later.id)
    # Numbers go on, references and triggers are back, and everything is published again.
    (third,) = await schakel.add_cases()
    async with schakel.owner() as connection:
        assert await connection.fetchval("SELECT count(*) FROM outbox WHERE published_at IS NOT NULL") == 0
        assert await connection.fetchval("SELECT count(DISTINCT subject) FROM outbox") == 2
        await connection.execute("DELETE FROM case_keys WHERE case_id = $1", third.id)
        assert await connection.fetchval("SELECT count(*) FROM vault") == 1


async def test_audit_log_holds_after_a_restore_and_says_that_there_was_one(schakel: Installation) -> None:
    await schakel.add_cases()
    await backed_up(schakel)
    lines = await anchored(schakel)
    await schakel.add_cases()
    assert await anchored(schakel) > lines

    await put_back(schakel)

    found = await verify(schakel.found, "intake")
    assert (found.broken, found.lines) == (None, lines + 1)
    async with schakel.owner() as connection:
        newest = "SELECT action FROM audit_lines ORDER BY position DESC LIMIT 1"
        assert await connection.fetchval(newest) == Action.ADMINISTER
        await connection.execute("ALTER TABLE audit_lines DISABLE TRIGGER USER")
        await connection.execute("DELETE FROM audit_lines WHERE position = $1", lines)
    assert (await verify(schakel.found, "intake")).broken


async def anchored(schakel: Installation) -> int:
    """How many lines intake's audit log has, said outside the database too."""
    database = Database(schakel.found.app_urls["intake"], application_name="test")
    try:
        found = await watch_of(schakel.found, "intake", database).anchor(datetime.now(UTC))
    finally:
        await database.close()
    assert found.broken is None
    return found.last.position


async def test_who_was_erased_since_is_nowhere_and_the_others_hear_of_it_again(schakel: Installation) -> None:
    gone, other = await schakel.add_cases(2)
    await backed_up(schakel)
    await erase(schakel, gone.id)

    done = await put_back(schakel)

    assert done.erased == 1
    assert (await schakel.facts_of(other.id)).facts[Fact.FIRST_NAME]
    with pytest.raises(UnknownCase):
        await schakel.facts_of(gone.id)
    async with schakel.owner() as connection:
        for table in ("case_keys", "vault", "need_words", "case_notes"):
            query = f"SELECT count(*) FROM {table} WHERE case_id = $1"  # noqa: S608 - from the list above
            assert await connection.fetchval(query, gone.id) == 0, table
        said = "SELECT count(*) FROM outbox WHERE subject = $1 AND type = $2 AND published_at IS NULL"
        assert await connection.fetchval(said, gone.id, wire_name(CaseErased)) == 1


async def test_names_stand_in_neither_file(schakel: Installation) -> None:
    (case,) = await schakel.add_cases()
    made = await backed_up(schakel)
    data, keys = (gzip.decompress(file.read_bytes()) for file in (made.data, made.keys))
    assert str(case.id).encode() in data
    for secret in SECRETS:
        for form in (secret.encode(), secret.encode().hex().encode()):
            assert form not in data, secret
            assert form not in keys, secret
    assert b"intake/case_keys" in keys
    assert b"intake/vault" not in keys
    assert b"_keys\t" not in data
    async with schakel.owner() as connection:
        wrapped = await connection.fetchval("SELECT encode(wrapped, 'hex') FROM case_keys")
    assert wrapped.encode() in keys
    assert wrapped.encode() not in data
    assert {file.stat().st_mode & 0o777 for file in (made.data, made.keys)} == {0o600}


async def test_keys_of_a_month_ago_are_removed_and_then_nothing_opens_what_that_backup_holds(
    schakel: Installation,
) -> None:
    (case,) = await schakel.add_cases()
    old = await backed_up(schakel)
    made = await backed_up(schakel, YESTERDAY + KEYS_KEPT + timedelta(seconds=1))
    assert made.removed == (old.keys,)
    assert list(files_in(schakel.backups, Part.KEYS).values()) == [made.keys]
    made.data.unlink()
    made.keys.unlink()

    with pytest.raises(BackupDamaged, match="--without-keys"):
        await put_back(schakel)
    await put_back(schakel, without_keys=True)

    with pytest.raises(UnknownCase):
        await schakel.facts_of(case.id)
    async with schakel.owner() as connection:
        assert await connection.fetchval("SELECT count(*) FROM cases") == 1
        assert await connection.fetchval("SELECT count(*) FROM vault") == 0


async def test_file_that_was_changed_is_refused_before_anything_is_touched(schakel: Installation) -> None:
    (case,) = await schakel.add_cases()
    made = await backed_up(schakel)
    whole = made.data.read_bytes()
    for wrong in (
        whole[: len(whole) // 2],
        b"",
        gzip.compress(gzip.decompress(whole).replace(b"received", b"assessed")),
    ):
        made.data.write_bytes(wrong)
        with pytest.raises(BackupDamaged):
            await put_back(schakel)
    assert (await schakel.facts_of(case.id)).facts


async def test_files_of_two_backups_do_not_go_together(schakel: Installation) -> None:
    first = await backed_up(schakel)
    second = await backed_up(schakel, YESTERDAY + timedelta(hours=1))
    second.keys.write_bytes(first.keys.read_bytes())
    with pytest.raises(BackupDamaged, match="two backups"):
        await put_back(schakel)


async def test_tables_of_another_version_are_refused(schakel: Installation) -> None:
    await backed_up(schakel)
    async with schakel.owner("notify") as connection:
        await connection.execute("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(DoesNotFit, match="notify: the tables are of another version"):
        await put_back(schakel)


async def test_backup_whose_wrapping_key_is_gone_is_refused_with_what_to_do(schakel: Installation) -> None:
    await schakel.add_cases()
    await backed_up(schakel)
    schakel.found.environ["intake"][VAULT.setting] = VAULT.make()  # type: ignore[index]  # a dict, for this test
    with pytest.raises(DoesNotFit, match="schakel keys bring-back vault"):
        await put_back(schakel)


async def test_nothing_is_put_back_while_somebody_works(schakel: Installation) -> None:
    (case,) = await schakel.add_cases()
    await backed_up(schakel)
    async with schakel.intake() as units, units.begin():
        with pytest.raises(StillRuns, match=r"intake: 1 of intake"):
            await put_back(schakel)
    assert (await schakel.facts_of(case.id)).facts, "and whoever stopped may come in again"


async def test_no_service_comes_in_before_everything_is_back(
    schakel: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await backed_up(schakel)
    refused = []

    async def look(*_: object) -> int:
        for url in schakel.found.app_urls.values():
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await asyncpg.connect(driver_dsn(url))
            refused.append(url)
        return 0

    monkeypatch.setattr("deploy.backup.restoring._erase_again", look)
    await put_back(schakel)
    assert len(refused) == len(schakel.found.app_urls)


async def test_all_databases_are_of_one_moment(schakel: Installation) -> None:
    """Whoever writes is waited for in every database, and whoever comes later is in none."""
    async with schakel.owner("intake") as writer, schakel.owner("notify") as later:
        begun = writer.transaction()
        await begun.start()
        await writer.execute("INSERT INTO inbox (event_id) VALUES (gen_random_uuid())")
        entering = asyncio.create_task(_counts(schakel))
        await asyncio.sleep(0.5)
        assert not entering.done()
        waiting = asyncio.create_task(later.execute("INSERT INTO inbox (event_id) VALUES (gen_random_uuid())"))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        await begun.commit()
        assert await entering == {"intake": 1, "matching": 0, "monitoring": 0, "notify": 0, "community": 0}
        await waiting


async def _counts(schakel: Installation) -> dict[str, int]:
    async with at_the_same_moment(schakel.found.databases) as readers:
        return {name: await reader.fetchval("SELECT count(*) FROM inbox") for name, reader in readers.items()}


def test_file_without_our_name_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "schakel-yesterday.data.tar.gz").touch()
    assert files_in(tmp_path, Part.DATA) == {}
