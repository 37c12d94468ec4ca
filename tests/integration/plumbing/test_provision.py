"""The two roles of a service reach its own database, and no other."""

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from deploy.install.provision import provision, service_database
from shared.storage.database import driver_dsn
from tests.conftest import MakeDatabase

pytestmark = pytest.mark.postgres


async def test_role_of_a_service_connects_to_its_own_database_alone(make_database: MakeDatabase) -> None:
    admin = make_url(await make_database())
    own, other = (
        service_database(
            service, host=str(admin.host), port=admin.port or 5432, owner_password="o" * 32, app_password="a" * 32
        )
        for service in ("provisioned", "neighbour")
    )
    try:
        await provision(admin.render_as_string(hide_password=False), [own, other])
        for url in (own.app_url, own.owner_url):
            await (await asyncpg.connect(driver_dsn(url))).close()
            for elsewhere in (make_url(other.app_url).database, "postgres", "template1"):
                with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied for database"):
                    await asyncpg.connect(driver_dsn(make_url(url).set(database=elsewhere)))
    finally:
        connection = await asyncpg.connect(driver_dsn(admin))
        for service in ("provisioned", "neighbour"):
            await connection.execute(f"DROP DATABASE IF EXISTS schakel_{service}")
            await connection.execute(f"DROP ROLE IF EXISTS schakel_{service}, schakel_{service}_owner")
        await connection.close()
