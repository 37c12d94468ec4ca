"""How often something may be asked: counted on Redis for all processes together, in memory when Redis is away."""

import asyncio
import hashlib
import math
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from shared.web.problem import Problem

log: Final = structlog.get_logger(__name__)
REDIS_WITHIN_SECONDS: Final = 0.5
# After Redis failed to answer, it is left alone for a while, so that not every request waits for it.
REST_SECONDS: Final = 10.0
# A longer wait is told in hours.
HOURS_AFTER_MINUTES: Final = 90


_Question = Callable[[MovingWindowRateLimiter, RateLimitItem, str, str], Awaitable[tuple[bool, float]]]


class TooManyRequests(Problem):
    """Wait a little; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            429,
            "Even wachten",
            f"Dit is te vaak achter elkaar gevraagd. Probeer het over {_in_words(retry_after)} nog eens.",
            code="too-many-requests",
            headers={"Retry-After": str(retry_after)},
        )
        self.retry_after = retry_after


class RateLimiter:
    """Counts per name and key. Keys are hashed before they are stored: no address reaches Redis.

    On Redis each service has its own keys, so that Redis can refuse it those of the others. Without an address it
    counts in memory alone.
    """

    def __init__(self, redis_url: str = "", *, service: str = "") -> None:
        self._memory = MovingWindowRateLimiter(MemoryStorage())
        self._pool = _pool(redis_url) if redis_url else None
        self._redis = MovingWindowRateLimiter(_storage(redis_url, service, self._pool)) if self._pool else None
        self._rests_until = 0.0

    async def hit(self, name: str, key: str, limit: str) -> None:
        """Count one; raises TooManyRequests when it is over `limit` (`"5/10 minutes"`).

        `name` says what is counted (`sign-in`), `key` for whom (an address, an IP address, an API key's id).
        """
        await self._allow(_count, name, key, limit)

    async def check(self, name: str, key: str, limit: str) -> None:
        """Count nothing; raises TooManyRequests when one more would be over `limit`."""
        await self._allow(_look, name, key, limit)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._pool is not None:
            await self._pool.aclose()

    async def _allow(self, ask: _Question, name: str, key: str, limit: str) -> None:
        hidden = hashlib.sha256(f"{name}:{key}".encode()).hexdigest()
        allowed, reset_at = await self._ask(ask, parse(limit), name, hidden)
        if not allowed:
            raise TooManyRequests(max(1, math.ceil(reset_at - time.time())))

    async def _ask(self, ask: _Question, item: RateLimitItem, name: str, hidden: str) -> tuple[bool, float]:
        if self._redis is not None and time.monotonic() >= self._rests_until:
            try:
                async with asyncio.timeout(REDIS_WITHIN_SECONDS):
                    return await ask(self._redis, item, name, hidden)
            except (RedisError, OSError, TimeoutError) as away:
                self._rests_until = time.monotonic() + REST_SECONDS
                log.warning("redis_away", error=type(away).__name__, now="counting in memory")
        return await ask(self._memory, item, name, hidden)


async def _count(limiter: MovingWindowRateLimiter, item: RateLimitItem, name: str, hidden: str) -> tuple[bool, float]:
    return await _answer(limiter, item, name, hidden, allowed=await limiter.hit(item, name, hidden))


async def _look(limiter: MovingWindowRateLimiter, item: RateLimitItem, name: str, hidden: str) -> tuple[bool, float]:
    return await _answer(limiter, item, name, hidden, allowed=await limiter.test(item, name, hidden))


async def _answer(
    limiter: MovingWindowRateLimiter, item: RateLimitItem, name: str, hidden: str, *, allowed: bool
) -> tuple[bool, float]:
    if allowed:
        return True, 0.0
    return False, (await limiter.get_window_stats(item, name, hidden)).reset_time


def _pool(url: str) -> ConnectionPool:
    return ConnectionPool.from_url(
        url, socket_timeout=REDIS_WITHIN_SECONDS, socket_connect_timeout=REDIS_WITHIN_SECONDS
    )


def keys_of(service: str) -> str:
    """What the keys of this service begin with."""
    return f"schakel-limit:{service}"


def _storage(url: str, service: str, pool: ConnectionPool) -> RedisStorage:
    return RedisStorage(
        f"async+{url}",
        implementation="redispy",
        key_prefix=keys_of(service),
        connection_pool=pool,  # type: ignore[arg-type] # the library takes one, its annotation does not say so
    )


def _in_words(seconds: int) -> str:
    minutes = math.ceil(seconds / 60)
    if minutes > HOURS_AFTER_MINUTES:
        return f"{math.ceil(minutes / 60)} uur"
    return f"{seconds} seconden" if seconds < 60 else "een minuut" if minutes == 1 else f"{minutes} minuten"  # noqa: PLR2004
