"""Intake as it is built for its own process, with nothing behind it but its database."""

import socket
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from services.intake.bootstrap import build
from services.intake.settings import IntakeSettings
from shared.messaging.bus.base import BusAway
from shared.runtime.process import open_parts
from shared.runtime.service import Service
from tests.conftest import MakeDatabase
from tests.integration.intake.postgres import migrated
from tests.unit.intake.app import SECRET, SETTINGS, body, give_key, school_of

pytestmark = pytest.mark.postgres


def nobodys_port() -> int:
    """A port where nobody answers."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
    return port


@pytest.fixture
async def service(make_database: MakeDatabase) -> AsyncIterator[Service]:
    """Intake while Kafka and Redis are away."""
    away = {
        "kafka_bootstrap": f"127.0.0.1:{nobodys_port()}",
        "redis_url": f"redis://127.0.0.1:{nobodys_port()}/0",
        "database_url": await make_database("intake", migrated),
    }
    settings = IntakeSettings.model_validate(SETTINGS | away)
    async with open_parts("intake", settings, limits=True) as parts:
        yield build(settings, parts)


async def submits(app: FastAPI, secret: str) -> httpx.Response:
    async with school_of(app, secret) as client:
        return await client.post("/v1/requests", json=body(), headers={"Idempotency-Key": "key-1"})


async def test_requests_are_taken_in_while_kafka_and_redis_are_away(service: Service) -> None:
    await give_key(service.units)
    assert (await submits(service.web(), SECRET)).status_code == 201
    assert (await submits(service.web(), "sk_wrong")).status_code == 401


async def test_web_is_ready_while_kafka_and_redis_are_away(service: Service) -> None:
    async with school_of(service.web()) as client:
        assert (await client.get("/readyz")).status_code == 200


async def test_worker_is_not_ready_while_kafka_is_away(service: Service) -> None:
    with pytest.raises(BusAway):
        await service.checks["bus"]()


async def test_worker_listens_relays_and_fires(service: Service) -> None:
    assert {"relay", "consumer", "timers", "parked-retry"} <= {task.name for task in service.worker}
