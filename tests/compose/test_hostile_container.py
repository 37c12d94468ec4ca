"""A container on the inner network that is somebody else's: with no secret, and with those of one service."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.matching.web.arriving import SLOWLY_SECONDS
from shared.access.sessions import AUDIENCE, COOKIE
from tests.compose.children import asks, child_of, is_helped
from tests.compose.composed import Composed
from tests.parts.stories import AMINA

pytestmark = [pytest.mark.compose, pytest.mark.timeout(900)]

SCRIPT = Path(__file__).parent / "hostile.py"
KEYS = Path(__file__).parent / "hostile_keys.py"
FORGERY = "say in notify's topic that a case is erased"
STATE = {
    "intake": "SELECT cases FROM cases",
    "matching": "SELECT referrals FROM referrals",
    "monitoring": "SELECT case_id, phase FROM watches",
    "notify": "SELECT count(*) FROM messages",
}


def forged_erasure(case_id: str) -> dict[str, Any]:
    """Intake's word that a case is erased, as notify might write it."""
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    wire = "nl.schakel.intake.case-erased.v1"
    headers = {
        "ce_specversion": "1.0", "ce_id": str(uuid4()), "ce_type": wire, "ce_subject": case_id, "ce_time": now,
        "ce_source": "urn:nld:gemeente:systeem:schakel-intake", "ce_dataschema": f"urn:schakel:schema:{wire}",
        "ce_sequence": "0000000001", "ce_correlationid": str(uuid4()), "content-type": "application/json",
    }  # fmt: skip
    return {"key": case_id, "headers": headers, "data": {"subject": case_id, "occurredAt": now}}


def state(composed: Composed) -> dict[str, list[str]]:
    """What a hostile container must not change."""
    return {service: sorted(composed.rows(service, query)) for service, query in STATE.items()}


async def tried(composed: Composed, *volumes: str) -> dict[str, str]:
    """All attempts, made while a case is being helped; none of them may change anything."""
    amina = child_of(composed.world(), AMINA)
    await asks(amina)
    await is_helped(amina)
    await asyncio.sleep(5)
    before = state(composed)
    (case_id,) = composed.rows("intake", f"SELECT id FROM cases WHERE code = '{amina.code}'")  # noqa: S608 - our own
    said = composed.stranger(SCRIPT, json.dumps(forged_erasure(case_id)), *volumes)
    await asyncio.sleep(5)
    assert state(composed) == before
    found: dict[str, str] = json.loads(said.splitlines()[-1])
    return found


async def test_container_without_secrets_gets_nothing_and_its_attempts_show(composed: Composed) -> None:
    outcomes = await tried(composed)

    assert [name for name, outcome in outcomes.items() if not outcome.startswith("refused: ")] == []
    assert FORGERY not in outcomes
    assert "during SASL handshake" in composed.compose("logs", "kafka")
    assert counted_refusals(composed) >= 2


async def test_container_with_the_secrets_of_notify_does_no_more_than_notify_may(composed: Composed) -> None:
    parked = composed.parked()
    outcomes = await tried(composed, "secrets-notify:/secrets/notify:ro")

    assert outcomes.pop(FORGERY) == "got: written"
    assert [name for name, outcome in outcomes.items() if not outcome.startswith("refused: ")] == []
    assert "User:schakel-notify is Denied" in composed.compose("logs", "kafka")
    # Whoever reads notify's topic sees that this is no word of intake, and sets it aside where an operator sees it.
    new = composed.parked()[len(parked) :]
    assert new
    assert set(new) == {"nl.schakel.intake.case-erased.v1"}


async def test_container_with_the_keys_of_notify_speaks_as_notify_alone_and_is_nobody(composed: Composed) -> None:
    claims = claims_of_a_coordinator(composed)
    assert await opened(composed, cookie_of_matching(composed, claims)) == httpx.codes.OK
    given = json.dumps({"claims": claims, "origin": composed.url})
    told = json.loads(composed.stranger(KEYS, given, "secrets-notify:/secrets/notify:ro").splitlines()[-1])

    assert told["own"] == {
        "deliveries": 200, "deliveries, replayed": 401, "people": 200, "people, replayed": 401,
        "follow-up links": 404, "follow-up links, replayed": 401,
    }  # fmt: skip
    assert set(told["another"].values()) == {401}, told["another"]
    # With the first it could speak as community to itself alone, as each can who is asked with a key of two.
    assert told["signs"] == ["community>notify", "notify>community", "notify>matching", "notify>monitoring"]
    assert len(told["person"]) >= 30
    assert set(told["person"].values()) == {303}, told["person"]
    assert set(told["system"].values()) == {401}, told["system"]
    # It says each time that it is somebody else; only the proxy would be believed.
    assert told["wrong keys"] == 429
    assert told["sign-ins"] >= SLOWLY_SECONDS


async def test_token_of_a_link_stands_in_no_log_also_when_its_service_is_away(composed: Composed) -> None:
    token = f"token{uuid4().hex}"
    composed.compose("stop", "monitoring-web")
    try:
        async with composed.client() as client:
            for path in ("antwoord", "aansluiten", "vervolg", "gezin", "%2fvervolg%2f", "/vervolg"):
                await client.get(
                    f"{composed.url}/{path}/{token}?x={token}",
                    headers={"Referer": f"{composed.url}/antwoord/{token}", "Cookie": f"a={token}"},
                )
            await client.post(f"{composed.url}/antwoord/{token}", data={"choice": token})
    finally:
        composed.compose("start", "monitoring-web")

    log = composed.compose("logs", "--no-color")
    assert token not in log
    assert '"uri":"/vervolg"' in log


async def test_proxy_serves_its_own_name_alone_and_takes_no_mountains(composed: Composed) -> None:
    async with composed.client() as client:
        assert (await client.get(composed.url, headers={"Host": "evil.example"})).status_code == 421
        own = {"Origin": composed.url, "Content-Type": "application/x-www-form-urlencoded"}
        # More than a service takes, and more than the proxy does; never that nobody answers.
        for size in (300_000, 600_000) * 5:
            large = await client.post(f"{composed.url}/inloggen", content=b"x" * size, headers=own)
            assert large.status_code == 413, size


def claims_of_a_coordinator(composed: Composed) -> dict[str, Any]:
    """What the session of somebody real says: whoever may sign it is that person."""
    held = "SELECT id, epoch, m->>'organisationId' FROM people, jsonb_array_elements(memberships) m"
    person, epoch, organisation = composed.rows("matching", f"{held} WHERE m->>'role' = 'coordinator'")[0].split("|")
    now = int(datetime.now(UTC).timestamp())
    return {
        "aud": AUDIENCE, "sub": person, "role": "coordinator", "org": organisation, "epoch": int(epoch),
        "second": True, "name": "", "at": "", "choice": False, "since": now, "seen": now, "exp": now + 3600,
    }  # fmt: skip


def cookie_of_matching(composed: Composed, claims: dict[str, Any]) -> str:
    """The session that matching would give: the container of an operator reads its keys."""
    code = (
        "import json, sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from shared.access.sessions import KIND; from shared.access.signing import SESSIONS, sign;"
        "from shared.kernel.key_ring import KeyRing; ring = KeyRing.of(Path('/secrets/matching/key_ring.json'));"
        "print(sign(KIND, ring, SESSIONS, json.loads(sys.argv[1]), datetime.now(UTC)))"
    )
    return composed.operator("python", "-c", code, json.dumps(claims)).strip()


async def opened(composed: Composed, cookie: str) -> int:
    """What the board answers to this session."""
    async with composed.client() as client:
        reply = await client.get(f"{composed.url}/bord", headers={"Cookie": f"__Host-{COOKIE}={cookie}"})
    return reply.status_code


def counted_refusals(composed: Composed) -> float:
    """How many questions without a good token matching says that it refused."""
    code = "import httpx; print(httpx.get('http://matching-web:8000/metrics').text)"
    lines = composed.operator("python", "-c", code).splitlines()
    refused = [line for line in lines if line.startswith("schakel_http_requests_total") and '"401"' in line]
    return sum(float(line.split()[-1]) for line in refused if "/internal/deliveries" in line)
