"""Rate limits on Redis: shared by processes, without anybody's address, and never in the way."""

import pytest
import redis.asyncio as redis_asyncio
from redis.exceptions import NoPermissionError

from deploy.install.compose_secrets import redis_users
from shared.kernel.broker_settings import redis_keys_of
from shared.web.rate_limit import RateLimiter, TooManyRequests
from tests.parts.redis import Redis

pytestmark = pytest.mark.redis
PASSWORD = "verzonnen-wachtwoord-van-intake-0"
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


def redis_client(server: Redis) -> redis_asyncio.Redis:
    """A client of its own."""
    return redis_asyncio.Redis.from_url(server.url)


async def test_service_counts_with_what_compose_allows_it_and_may_do_nothing_else(redis: Redis) -> None:
    administrator = redis_client(redis)
    (rule,) = [line for line in redis_users({"intake": PASSWORD}) if "schakel-intake" in line]
    _, user, *rights = rule.split()
    await administrator.execute_command("ACL", "SETUSER", user, *rights)  # type: ignore[no-untyped-call]
    place = redis.url.replace("redis://", f"redis://{user}:{PASSWORD}@")
    client, limiters = redis_asyncio.Redis.from_url(place), [RateLimiter(place, service="intake") for _ in range(2)]
    try:
        await limiters[0].hit("sign-in", ADDRESS, "1/minute")
        with pytest.raises(TooManyRequests):
            await limiters[1].hit("sign-in", ADDRESS, "1/minute")
        for command in (
            ("KEYS", "*"),
            ("FLUSHALL",),
            ("CONFIG", "GET", "*"),
            ("LPUSH", f"{redis_keys_of('matching')}:x", "1"),
        ):
            with pytest.raises(NoPermissionError):
                await client.execute_command(*command)  # type: ignore[no-untyped-call]
    finally:
        await administrator.execute_command("ACL", "DELUSER", user)  # type: ignore[no-untyped-call]
        for each in (client, administrator):
            await each.aclose()
        for limiter in limiters:
            await limiter.close()


async def test_redis_that_is_full_loses_no_count_and_counting_goes_on_in_memory(
    redis: Redis, redis_server: Redis
) -> None:
    client, limiter = redis_client(redis), RateLimiter(redis.url)
    await limiter.hit("sign-in", ADDRESS, "1/minute")
    before = await client.dbsize()
    await client.config_set("maxmemory-policy", "noeviction")
    await client.config_set("maxmemory", "1")
    try:
        await limiter.hit("sign-in", "another", "1/minute")
        with pytest.raises(TooManyRequests):
            await limiter.hit("sign-in", "another", "1/minute")
        assert await client.dbsize() == before
    finally:
        await client.config_set("maxmemory", "0")
        await client.aclose()
        await limiter.close()
