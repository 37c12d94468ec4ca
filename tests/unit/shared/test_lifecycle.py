"""One way to stop: everyone finishes; who dies takes the process along."""

import asyncio

import pytest

from shared.runtime.lifecycle import HARD_EXIT_CODE, SideTaskDied, end_hard_unless_closed, run_all
from shared.runtime.service import SideTask


async def _until_stopped(stop: asyncio.Event) -> None:
    await stop.wait()


async def test_tasks_finish_the_work_in_hand_when_asked_to_stop() -> None:
    finished: list[str] = []

    async def slow(stop: asyncio.Event) -> None:
        await stop.wait()
        await asyncio.sleep(0.01)
        finished.append("slow")

    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, stop.set)
    await run_all([SideTask("slow", slow), SideTask("other", _until_stopped)], stop)
    assert finished == ["slow"]


async def test_all_stop_when_one_dies_and_its_error_is_raised() -> None:
    async def dies(stop: asyncio.Event) -> None:
        raise LookupError(stop.is_set())

    stop = asyncio.Event()
    with pytest.raises(LookupError):
        await run_all([SideTask("dies", dies), SideTask("other", _until_stopped)], stop)
    assert stop.is_set()


async def test_a_task_that_ends_by_itself_is_no_good_end() -> None:
    async def ends(stop: asyncio.Event) -> None:
        assert not stop.is_set()

    with pytest.raises(SideTaskDied, match="ends"):
        await run_all([SideTask("ends", ends), SideTask("other", _until_stopped)], asyncio.Event())


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The codes with which this process would have ended hard."""
    codes: list[int] = []
    monkeypatch.setattr("shared.runtime.lifecycle.os._exit", codes.append)
    return codes


async def test_process_ends_hard_when_a_task_does_not_leave(ended: list[int]) -> None:
    never, stop = asyncio.Event(), asyncio.Event()

    async def stays(_: asyncio.Event) -> None:
        await never.wait()

    running = asyncio.create_task(run_all([SideTask("stays", stays)], stop, hard_exit=0.01))
    stop.set()
    await asyncio.wait([running], timeout=5)
    assert ended == [HARD_EXIT_CODE]
    assert isinstance(running.exception(), asyncio.InvalidStateError)
    never.set()


async def test_process_ends_hard_when_a_connection_does_not_close(ended: list[int]) -> None:
    end_hard_unless_closed(0.01)
    assert ended == []
    await asyncio.sleep(0.05)
    assert ended == [HARD_EXIT_CODE]
