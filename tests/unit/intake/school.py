"""A school's system with its key, and the intake that it asks."""

from typing import Any
from uuid import UUID

import httpx

from tests.unit.intake.app import app_on, body, school_of
from tests.unit.intake.builders import units_in_memory

OTHER_SECRET = "sk_of-another-school"


class School:
    """A school's system with its key, and the intake that it asks."""

    def __init__(self) -> None:
        self.units = units_in_memory()
        self.app = app_on(self.units)
        self.key_id = UUID(int=0)

    async def asks(self, method: str, path: str, secret: str | None = None, **how: Any) -> httpx.Response:  # noqa: ANN401
        async with school_of(self.app, secret or "sk_only-for-tests") as client:
            return await client.request(method, path, **how)

    async def submits(self, content: dict[str, Any] | None = None, key: str = "key-1") -> httpx.Response:
        return await self.asks("POST", "/v1/requests", json=content or body(), headers={"Idempotency-Key": key})
