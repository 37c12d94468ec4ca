"""Work on something large in a process of its own: its memory goes with it, and the loop of this one goes on."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

AnswerT = TypeVar("AnswerT")
# A process that was forked would have the connections of this one.
_NEW: Final = get_context("spawn")
_END: Final = b"end"


class ChildDied(Exception):
    """The process ended before its work did: killed, or out of memory."""


async def answers_of_child(
    work: Callable[..., Iterable[AnswerT]],
    content: bytes,
    *rest: Any,  # noqa: ANN401 - whatever `work` takes
) -> AsyncGenerator[AnswerT, None]:
    """What `work(content, *rest)` gives, one after the other. Raises what it raises, ChildDied."""
    ours, theirs = _NEW.Pipe()
    child = _NEW.Process(target=_run, args=(theirs, work, rest), daemon=True)
    await asyncio.to_thread(child.start)
    theirs.close()
    try:
        await asyncio.to_thread(ours.send_bytes, content)
        while True:
            answer = await asyncio.to_thread(ours.recv)
            if isinstance(answer, Exception):
                raise answer
            if answer == _END:
                return
            yield answer
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise ChildDied from error
    finally:
        child.kill()
        ours.close()
        await asyncio.to_thread(child.join)


def _run(pipe: Connection, work: Callable[..., Iterable[Any]], rest: tuple[Any, ...]) -> None:
    try:
        for answer in work(pipe.recv_bytes(), *rest):
            pipe.send(answer)
        pipe.send(_END)
    except Exception as error:  # noqa: BLE001 - whoever asked is told
        pipe.send(error)
