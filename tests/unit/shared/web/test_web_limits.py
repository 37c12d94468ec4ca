"""How often, and once only: rate limits and idempotency keys in memory."""

import pytest
from redis.exceptions import RedisError

from shared.web.idempotency import checked_key
from shared.web.problem import Problem
from shared.web.rate_limit import RateLimiter, TooManyRequests


async def test_limit_refuses_the_one_too_many_and_says_how_long_to_wait() -> None:
    limiter = RateLimiter()
    for _ in range(5):
        await limiter.hit("sign-in", "a@school.example", "5/10 minutes")
    with pytest.raises(TooManyRequests) as refused:
        await limiter.hit("sign-in", "a@school.example", "5/10 minutes")
    assert refused.value.status == 429
    assert 590 <= refused.value.retry_after <= 600
    assert "10 minuten" in refused.value.detail


async def test_looking_whether_one_more_may_be_asked_counts_nothing() -> None:
    limiter = RateLimiter()
    for _ in range(3):
        await limiter.check("wrong-code", "a", "1/day")
    await limiter.hit("wrong-code", "a", "1/day")
    with pytest.raises(TooManyRequests) as refused:
        await limiter.check("wrong-code", "a", "1/day")
    assert "24 uur" in refused.value.detail


async def test_limit_counts_each_key_and_each_name_apart() -> None:
    limiter = RateLimiter()
    await limiter.hit("sign-in", "a", "1/minute")
    await limiter.hit("sign-in", "b", "1/minute")
    await limiter.hit("short-code", "a", "1/minute")
    with pytest.raises(TooManyRequests):
        await limiter.hit("sign-in", "a", "1/minute")


async def test_limit_goes_on_in_memory_when_redis_is_away() -> None:
    limiter = RateLimiter("redis://127.0.0.1:1/0")
    await limiter.hit("sign-in", "a", "1/minute")
    with pytest.raises(TooManyRequests):
        await limiter.hit("sign-in", "a", "1/minute")
    await limiter.close()


class RedisAway:
    """Counts on a Redis that does not answer; knows how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def hit(self, *_: object) -> bool:
        self.asked += 1
        raise RedisError("away")


async def test_redis_that_is_away_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    limiter, redis = RateLimiter("redis://127.0.0.1:1/0"), RedisAway()
    monkeypatch.setattr(limiter, "_redis", redis)
    for _ in range(3):
        await limiter.hit("sign-in", "a", "3/minute")
    assert redis.asked == 1
    await limiter.close()


@pytest.mark.parametrize("header", [None, "", "  ", '""', "a" * 129, "sleutel-é", "a\tb"])
def test_missing_or_odd_key_is_a_problem_that_names_the_header(header: str | None) -> None:
    with pytest.raises(Problem) as refused:
        checked_key(header)
    assert (refused.value.status, refused.value.errors[0].parameter) == (400, "Idempotency-Key")
    assert checked_key('"7f2c"') == "7f2c"
