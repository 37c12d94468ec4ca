"""W3C trace context, and that what is done for one never stands in the lines of another."""

import asyncio
from collections.abc import Sequence

import pytest
import structlog

from shared.kernel.spans import NO_SPANS
from shared.kernel.trace import child_of, current_traceparent, readable, trace_id
from shared.messaging.traced import RunningJob
from shared.storage.group_commit import GroupCommit
from tests.parts.log_lines import log_lines

GIVEN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"


@pytest.mark.parametrize("wrong", [
    None, "", "nonsense", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", f"{GIVEN}-more", f"{GIVEN}\n",
    f"01{GIVEN[2:]}more",
])  # fmt: skip
def test_traceparent_that_is_none_begins_a_trace(wrong: str | None) -> None:
    assert readable(wrong) is None


@pytest.mark.parametrize("more", ["", "-", "-what a later version adds"])
def test_trace_of_a_later_version_goes_on(more: str) -> None:
    later = f"01{GIVEN[2:]}"
    assert readable(later + more) == later


def test_child_is_another_span_of_the_same_trace_with_the_same_flags() -> None:
    child = child_of(GIVEN)
    assert readable(child) == child
    assert (trace_id(child), child[-2:]) == (trace_id(GIVEN), "00")
    assert child != GIVEN


def test_without_a_parent_each_is_a_trace_of_its_own() -> None:
    first, second = child_of(None), child_of(None)
    assert readable(first) == first
    assert trace_id(first) != trace_id(second)


async def test_whoever_starts_a_group_commit_does_not_stand_in_the_lines_of_the_others() -> None:
    seen: list[str | None] = []

    async def work(asked: Sequence[int]) -> list[int]:
        seen.append(current_traceparent())
        return list(asked)

    with RunningJob("first"):
        await GroupCommit(work).ask(1)
        assert current_traceparent() is not None
    assert seen == [None]
    assert current_traceparent() is None


async def test_two_tasks_have_each_their_own_work() -> None:
    async def job(name: str) -> None:
        with RunningJob(name):
            await asyncio.sleep(0)
            structlog.get_logger().info("seen", of=name)

    with log_lines() as lines:
        await asyncio.gather(job("one"), job("two"))
    assert all(line["job"] == line["of"] for line in lines.of("seen"))
    assert len({line["trace_id"] for line in lines.of("seen")}) == 2
    assert not NO_SPANS.listens
