"""An address of a database means the same to all that connect: to the pool, and to the driver itself."""

from datetime import timedelta

import pytest

from deploy.demo.clock import forward
from deploy.install.provision import provision
from shared.storage.database import driver_dsn
from shared.storage.migrations import upgrade
from tests.conftest import MakeDatabase


@pytest.mark.parametrize(
    ("given", "driver_s"),
    [
        ("postgresql+asyncpg://u:p%40%2F@db:5433/x?ssl=require", "postgresql://u:p%40%2F@db:5433/x?sslmode=require"),
        ("postgresql://u:p@db/x?sslmode=require", "postgresql://u:p@db/x?sslmode=require"),
        (
            "postgresql+asyncpg://u:p@/x?host=a:5432&host=b:5433&ssl=verify-full",
            "postgresql://u:p@/x?host=a%3A5432%2Cb%3A5433&sslmode=verify-full",
        ),
    ],
)
def test_driver_reads_in_its_own_address_what_the_pool_is_told(given: str, driver_s: str) -> None:
    assert driver_dsn(given) == driver_s


async def test_clock_moves_and_provisioning_connects_when_the_address_speaks_of_tls(
    make_database: MakeDatabase,
) -> None:
    url = f"{await make_database('plumbing', upgrade)}?ssl=prefer"
    await provision(url, [])
    assert await forward({"intake": url}, timedelta(days=1), environment="test") == timedelta(days=1)
