"""What becomes of the rows that were there before a migration."""

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.storage.migrations import config
from tests.integration.community.conftest import MIGRATIONS

GATHERING = """INSERT INTO gatherings (id, title, kind, starts_at, ends_at, about, capacity, language, has_childcare,
    contact_name, contact_phone, changed_at, state, sequence, report)
    VALUES (gen_random_uuid(), 'Avond', 'lunch', now(), now(), '', 2, 'nl', false, '', '', now(), 'announced', 0, '')"""
SEAT = """INSERT INTO seats (id, gathering_id, requested_at, state, in_calendar, address_digest)
    SELECT gen_random_uuid(), id, now(), 'confirmed', false, 'x' FROM gatherings"""
KEY = "INSERT INTO seat_keys (seat_id, wrapped) SELECT id, 'x' FROM seats"


@pytest.mark.postgres
async def test_no_seat_is_kept_of_somebody_whose_name_is_dropped(database_url: str) -> None:
    engine = create_async_engine(database_url)

    def back_and_forth(connection: Connection) -> None:
        command.downgrade(config(MIGRATIONS, connection), "0002")
        for row in (GATHERING, SEAT, KEY):
            connection.execute(text(row))
        command.upgrade(config(MIGRATIONS, connection), "0003")

    async with engine.connect() as connection:
        await connection.run_sync(back_and_forth)
        left = [
            await connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own tables
            for table in ("gatherings", "seats", "seat_keys")
        ]
    await engine.dispose()
    assert left == [1, 0, 0]
