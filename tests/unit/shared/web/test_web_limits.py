"""How often, and once only: rate limits and idempotency keys in memory."""

import time
from datetime import datetime, timedelta

import pytest

from shared.memory import MemoryTables
from shared.web.idempotency import InMemoryReplies, KeyReused, StoredReply, checked_key, fingerprint
from shared.web.problem import Problem
from shared.web.rate_limit import RateLimiter, TooManyRequests
from tests.unit.shared.web_gallery.gallery import NOW


async def test_limit_refuses_the_one_too_many_and_says_how_long_to_wait() -> None:
    limiter = RateLimiter()
    for _ in range(5):
        await limiter.hit("sign-in", "a@school.example", "5/10 minutes")
    with pytest.raises(TooManyRequests) as refused:
        await limiter.hit("sign-in", "a@school.example", "5/10 minutes")
    assert refused.value.status == 429
    assert 590 <= refused.value.retry_after <= 600
    assert "10 minuten" in refused.value.detail


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
    started = time.monotonic()
    with pytest.raises(TooManyRequests):
        await limiter.hit("sign-in", "a", "1/minute")
    assert time.monotonic() - started < 0.4
    await limiter.close()


def replies(tables: MemoryTables, now: datetime = NOW) -> InMemoryReplies:
    return InMemoryReplies(tables, now)


async def test_second_request_with_the_same_key_gets_the_first_reply() -> None:
    tables = MemoryTables()
    assert await replies(tables).begin("k", "key-1", "f") is None
    await replies(tables).finish("k", "key-1", "f", 201, '{"id": 1}')
    assert await replies(tables).begin("k", "key-1", "f") == StoredReply(201, '{"id": 1}')


async def test_same_key_with_another_body_is_refused() -> None:
    tables = MemoryTables()
    await replies(tables).finish("k", "key-1", "f", 201, "{}")
    with pytest.raises(KeyReused) as refused:
        await replies(tables).begin("k", "key-1", "other")
    assert refused.value.status == 422


async def test_same_key_of_somebody_else_is_another_key() -> None:
    tables = MemoryTables()
    await replies(tables).finish("k", "key-1", "f", 201, "{}")
    assert await replies(tables).begin("k", "key-2", "other") is None


async def test_key_is_free_again_after_seven_days() -> None:
    tables = MemoryTables()
    await replies(tables).finish("k", "key-1", "f", 201, "{}")
    later = replies(tables, NOW + timedelta(days=7))
    assert await later.begin("k", "key-1", "other") is None
    await later.finish("k", "key-1", "other", 201, "[]")
    assert await later.begin("k", "key-1", "other") == StoredReply(201, "[]")


def test_fingerprint_differs_by_method_path_and_body() -> None:
    asked = {
        fingerprint(*parts)
        for parts in (("POST", "/a", b"x"), ("PUT", "/a", b"x"), ("POST", "/b", b"x"), ("POST", "/a", b"y"))
    }
    assert len(asked) == 4


@pytest.mark.parametrize("header", [None, "", "  ", '""', "a" * 129, "sleutel-é", "a\tb"])
def test_missing_or_odd_key_is_a_problem_that_names_the_header(header: str | None) -> None:
    with pytest.raises(Problem) as refused:
        checked_key(header)
    assert (refused.value.status, refused.value.errors[0].parameter) == (400, "Idempotency-Key")
    assert checked_key('"7f2c"') == "7f2c"
