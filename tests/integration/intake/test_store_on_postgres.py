import asyncio
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import text

from deploy.install.migrate import check
from services.intake.bootstrap import open_units
from services.intake.domain.dossier import Fact
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.inventory import complete_inventory
from services.intake.store.repositories import PostgresIntakeUnit
from services.intake.store.vault import VaultClosed
from shared.access.replies import AskedBefore, Reply
from shared.kernel.ids import RandomIds
from shared.messaging.audit import PostgresAuditLines
from shared.messaging.postgres_unit import PostgresUnits
from shared.privacy.audit_chain import AuditLine
from shared.privacy.sealed import Unreadable
from shared.storage.database import Database, TryAgain
from tests.integration.intake.postgres import units_on
from tests.parts.audit import CHAIN, of_the_vault
from tests.parts.city import a_city
from tests.unit.intake.builders import ROOS, FixedCodes, inventory, need, request
from tests.unit.intake.conformance import Store, StoreConformance, submitted
from tests.unit.intake.conformance_drafts import DRAFT
from tests.unit.intake.conformance_signals import a_signal

pytestmark = pytest.mark.postgres
Units = PostgresUnits[PostgresIntakeUnit]


async def lines_of(database: Database) -> list[AuditLine]:
    return [line async for some in PostgresAuditLines(database).after(0) for line in some]


class TestStoreOnPostgres(StoreConformance):
    @pytest.fixture
    def same_codes(self, database: Database) -> Store:
        return units_on(database, FixedCodes(*["AAAA-AAAA"] * 9))

    async def audit_lines(self, units: Store) -> list[AuditLine]:
        lines = await lines_of(units.database)  # type: ignore[attr-defined]  # PostgresUnits
        assert CHAIN.verify(lines) is None
        return lines


async def test_tables_in_code_are_those_that_were_migrated(database: Database) -> None:
    await check("intake", database.url)


async def test_nothing_readable_of_the_family_stands_in_the_database(database: Database, units: Units) -> None:
    (case,) = await submitted(units, request())
    async with units.begin() as unit:
        await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)
        await unit.vault.open(case.id, list(Fact), ROOS, "test", words=True)
        await unit.drafts.add(DRAFT)
        await unit.signals.add(a_signal(), "Zonnetje vrijdag vragen")
    async with database.transaction() as connection:
        names = (
            await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        ).scalars()
        rows = [(await connection.execute(text(f'SELECT * FROM "{name}"'))).all() for name in names]  # noqa: S608
    everything = str(rows)
    assert str(case.id) in everything
    assert str(DRAFT.id) in everything
    for secret in ("Zonnetje", "Maan", "Verzonnen", "31612345678", "2024-09-01", "fiets om naar", "zoekt werk"):
        assert secret not in everything


async def test_key_of_another_case_seals_and_opens_nothing(database: Database, units: Units) -> None:
    """Else erasing the second would erase nothing for whoever kept the key of the first."""
    first, second = await submitted(units, request(), request())
    put = (
        "UPDATE case_keys SET wrapped = (SELECT wrapped FROM case_keys WHERE case_id = :first) WHERE case_id = :second"
    )
    async with database.transaction() as connection:
        await connection.execute(text(put), {"first": first.id, "second": second.id})
    with pytest.raises(Unreadable):
        async with units.begin() as unit:
            await unit.vault.tell(second.id, {Fact.STORY: "Nieuw verhaal"})


async def test_audit_chain_holds_when_two_read_at_once(database: Database, units: Units) -> None:
    cases = await submitted(units, *[request()] * 6)

    async def read(case_id: UUID) -> None:
        async with units.begin() as unit:
            await unit.vault.open(case_id, [Fact.STORY], ROOS, "test", words=False)

    await asyncio.gather(*(read(case.id) for case in cases))
    lines = await lines_of(database)
    assert len(of_the_vault(lines)) == 6
    assert CHAIN.verify(lines) is None


async def test_key_in_the_hands_of_another_transaction_is_told_at_once(units: Units) -> None:
    asked, free = AskedBefore("school", "key-1", "a"), AskedBefore("school", "key-2", "a")
    async with units.begin() as holder:
        assert (await holder.replies.take([asked])).held == set()
        async with units.begin() as other:
            assert (await other.replies.take([asked, free])).held == {asked}
    async with units.begin() as later:
        assert (await later.replies.take([asked])).held == set()


async def test_words_that_a_system_put_in_its_key_are_not_stored(units: Units, database: Database) -> None:
    """Systems make keys of names and birth dates; what is stored tells none of it."""
    asked = AskedBefore("school", "Amina Verzonnen 2017", "a")
    async with units.begin() as unit:
        await unit.replies.keep({asked: Reply("a", 201, "{}")})
    async with database.transaction() as connection:
        row = (await connection.execute(text("SELECT * FROM idempotency_replies"))).one()
    assert "Verzonnen" not in str(row)
    async with units.begin() as unit:
        assert set((await unit.replies.take([asked])).known) == {("school", "Amina Verzonnen 2017")}


async def test_answer_that_came_in_between_is_found_and_nothing_is_kept_twice(units: Units) -> None:
    asked, reply = AskedBefore("school", "key-1", "a"), Reply("a", 201, "{}")
    async with units.begin() as unit:
        await unit.replies.keep({asked: reply})
    with pytest.raises(TryAgain):
        async with units.begin() as late:
            await late.replies.keep({AskedBefore("school", "key-2", "b"): reply, asked: reply})
    async with units.begin() as unit:
        assert set((await unit.replies.take([asked, AskedBefore("school", "key-2", "b")])).known) == {
            ("school", "key-1")
        }


async def test_case_is_locked_while_somebody_changes_it(units: Units) -> None:
    (case,) = await submitted(units, request())
    entered = asyncio.Event()

    async def close() -> None:
        async with units.begin() as unit:
            entered.set()
            await withdraw_case(case.id, unit, ROOS)

    async with units.begin() as unit:
        await unit.cases.get(case.id)
        task = asyncio.create_task(close())
        await entered.wait()
        done, _ = await asyncio.wait([task], timeout=0.2)
        assert not done
    await asyncio.wait_for(task, 5)


async def test_unit_of_a_command_knows_the_keys_and_opens_no_vault(database: Database, units: Units) -> None:
    (case,) = await submitted(units, request())
    opened = open_units(a_city(), database, RandomIds(), Random(1), CHAIN)

    async with opened.begin() as unit:
        assert await unit.keys.list_all() == []
        with pytest.raises(VaultClosed):
            await unit.vault.open(case.id, list(Fact), ROOS, "test", words=True)
