"""The same containers with `TLS=1`: everything between them is encrypted, and each is sure of whom it speaks to."""

from collections.abc import Iterator

import pytest

from tests.compose.children import asks, child_of, is_helped
from tests.compose.composed import CommandFailed, Composed, brought_up
from tests.parts.containers import why_no_engine
from tests.parts.missing import skip_for
from tests.parts.stories import AMINA

pytestmark = [pytest.mark.compose, pytest.mark.timeout(900)]

IN_THE_CLEAR = """
    SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE client_addr IS NOT NULL AND NOT ssl
"""
KAFKA = (
    "import ssl, socket; trusted = ssl.create_default_context(cafile='/secrets/ca/ca.crt');"
    " print(trusted.wrap_socket(socket.create_connection(('kafka', 9092)), server_hostname='{name}').version())"
)
POSTGRES = (
    "import os, asyncio, asyncpg; os.environ['PGSSLMODE'] = 'disable';"
    " url = open('/secrets/notify/database_url').read().replace('+asyncpg', ''); asyncio.run(asyncpg.connect(url))"
)
REFUSED = {
    "in the clear": "import httpx; httpx.get('http://matching-web:8000/readyz').raise_for_status()",
    "unknown authority": "import httpx; httpx.get('https://matching-web:8000/readyz')",
    "redis in the clear": "import redis; redis.Redis('redis').ping()",
    "postgres in the clear": POSTGRES,
    "the name of another": KAFKA.format(name="postgres"),
}


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """Brought up with `make compose-up TLS=1`."""
    if why_no_engine():
        skip_for("a container engine", why_no_engine())
    with brought_up(tmp_path_factory.mktemp("composed"), tls=True) as composed:
        yield composed


async def test_child_is_helped_over_encrypted_connections_alone(composed: Composed) -> None:
    amina = child_of(composed.world(), AMINA)
    await asks(amina)
    await is_helped(amina)

    assert composed.parked() == []
    assert composed.rows("intake", IN_THE_CLEAR) == ["0"]
    assert "redis_away" not in composed.compose("logs")
    assert "✗" not in composed.operator("schakel", "doctor")


@pytest.mark.parametrize("code", REFUSED.values(), ids=REFUSED)
def test_connection_in_the_clear_or_to_somebody_else_is_refused(composed: Composed, code: str) -> None:
    with pytest.raises(CommandFailed, match=r"Error|pg_hba"):
        composed.operator("python", "-c", code)


def test_connection_to_who_it_should_be_is_not_refused(composed: Composed) -> None:
    assert composed.operator("python", "-c", KAFKA.format(name="kafka")) == "TLSv1.3\n"
