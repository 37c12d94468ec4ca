"""Rate limits on Redis: shared by processes, without anybody's address, and never in the way."""

import pytest
import redis.asyncio

from shared.web.rate_limit import RateLimiter, TooManyRequests
from tests.parts.redis import Redis

pytestmark = pytest.mark.redis
ADDRESS = "juf.anne@school.example"


async def test_two_processes_count_together(redis: Redis) -> None:
    first, second = RateLimiter(redis.url), RateLimiter(redis.url)
    await first.hit("sign-in", ADDRESS, "2/minute")
    await second.hit("sign-in", ADDRESS, "2/minute")
    with pytest.raises(TooManyRequests) as refused:
        await first.hit("sign-in", ADDRESS, "2/minute")
    assert 1 <= refused.value.retry_after <= 60
    await first.close()
    await second.close()


async def test_redis_never_holds_the_address(redis: Redis) -> None:
    limiter = RateLimiter(redis.url)
    await limiter.hit("sign-in", ADDRESS, "2/minute")
    client = redis_client(redis)
    keys = [key async for key in client.scan_iter("*")]
    assert len(keys) == 1
    assert b"school" not in keys[0]
    await client.aclose()
    await limiter.close()


async def test_counting_goes_on_in_memory_when_redis_stops(redis: Redis, redis_server: Redis) -> None:
    limiter = RateLimiter(redis.url)
    await limiter.hit("sign-in", ADDRESS, "1/minute")
    await redis_server.stop()
    await limiter.hit("sign-in", ADDRESS, "1/minute")
    with pytest.raises(TooManyRequests):
        await limiter.hit("sign-in", ADDRESS, "1/minute")
    await limiter.close()


def redis_client(server: Redis) -> redis.asyncio.Redis:
    """A client of its own."""
    return redis.asyncio.Redis.from_url(server.url)
