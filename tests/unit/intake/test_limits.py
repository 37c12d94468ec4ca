"""Whoever tries many wrong keys is stopped at every route of the API; a right key is never counted."""

from typing import Any
from uuid import UUID

import pytest

from tests.unit.intake.app import body, give_key
from tests.unit.intake.school import OTHER_SECRET, School

CASE = UUID(int=1)
INVENTORY = {"discussedOn": "2026-03-09", "needs": []}
ROUTES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/v1/requests", {"json": body(), "headers": {"Idempotency-Key": "key-1"}}),
    ("GET", "/v1/requests", {}),
    ("GET", f"/v1/requests/{CASE}", {}),
    ("PUT", f"/v1/requests/{CASE}/inventory", {"json": INVENTORY}),
)


@pytest.mark.parametrize(("method", "path", "how"), ROUTES)
async def test_wrong_key_beyond_the_limit_is_refused_at_every_route(
    method: str, path: str, how: dict[str, Any]
) -> None:
    school = School()
    statuses = [(await school.asks(method, path, f"sk_{number}", **how)).status_code for number in range(60)]
    beyond = await school.asks(method, path, "sk_60", **how)

    assert set(statuses) == {401}
    assert beyond.status_code == 429
    assert 0 < int(beyond.headers["Retry-After"]) <= 60


async def test_wrong_keys_are_counted_at_all_routes_together() -> None:
    school = School()
    for number in range(60):
        method, path, how = ROUTES[number % len(ROUTES)]
        assert (await school.asks(method, path, f"sk_{number}", **how)).status_code == 401

    for method, path, how in ROUTES:
        assert (await school.asks(method, path, "sk_60", **how)).status_code == 429


async def test_right_key_is_not_counted_and_opens_though_others_of_its_address_are_stopped() -> None:
    school = School()
    await give_key(school.units)
    for _ in range(61):
        assert (await school.asks("GET", "/v1/requests")).status_code == 200
    for number in range(61):
        await school.asks("GET", "/v1/requests", f"{OTHER_SECRET}-{number}")

    assert (await school.asks("GET", "/v1/requests", OTHER_SECRET)).status_code == 429
    assert (await school.asks("GET", "/v1/requests")).status_code == 200
