"""Group commit: everything that arrives while one transaction runs shares the next one."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from shared.kernel.trace import without_work
from shared.storage.database import DatabaseAway, TryAgain

AskedT = TypeVar("AskedT")
AnswerT = TypeVar("AnswerT")
MOST_TOGETHER: Final = 64
# When the database is away, everybody is told at once instead of one after the other.
AWAY: Final = (DatabaseAway, OSError, TimeoutError)


class GroupCommit(Generic[AskedT, AnswerT]):
    """Collects what is asked and does it together; `work` returns the answer to each, or its exception.

    When the work as a whole fails, each is tried alone, so that one bad request harms none of the others.
    One that got in another transaction's way (`TryAgain`) gets a second chance.
    """

    def __init__(
        self,
        work: Callable[[Sequence[AskedT]], Awaitable[Sequence[AnswerT | Exception]]],
        *,
        most: int = MOST_TOGETHER,
        weigh: Callable[[AskedT], int] = lambda _: 1,
    ) -> None:
        """`most` is how much goes together, by the weight of each; one that weighs more goes alone."""
        self._work = work
        self._most, self._weigh = most, weigh
        self._waiting: deque[tuple[AskedT, asyncio.Future[AnswerT]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def ask(self, asked: AskedT) -> AnswerT:
        """Do this together with whatever else is asked; returns when it is committed."""
        answer: asyncio.Future[AnswerT] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run(), name="group commit", context=without_work())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            together = self._next()
            try:
                outcomes: Sequence[AnswerT | BaseException] = await self._done([asked for asked, _ in together])
            except asyncio.CancelledError:
                for _, answer in together:
                    answer.cancel()
                raise
            except BaseException as end:  # noqa: BLE001 - everyone who waits gets what ended the work
                outcomes = [end] * len(together)
            for (_, answer), outcome in zip(together, outcomes, strict=True):
                _give(answer, outcome)

    def _next(self) -> list[tuple[AskedT, asyncio.Future[AnswerT]]]:
        together = [self._waiting.popleft()]
        weight = self._weigh(together[0][0])
        while self._waiting and (weight := weight + self._weigh(self._waiting[0][0])) <= self._most:
            together.append(self._waiting.popleft())
        return together

    async def _done(self, asked: Sequence[AskedT], *, again: bool = True) -> Sequence[AnswerT | Exception]:
        try:
            return await self._work(asked)
        except AWAY as away:
            return [away] * len(asked)
        except Exception as failure:  # noqa: BLE001 - it is given to the one it belongs to
            if len(asked) > 1:
                return await self._one_by_one(asked)
            return await self._done(asked, again=False) if again and isinstance(failure, TryAgain) else [failure]

    async def _one_by_one(self, asked: Sequence[AskedT]) -> list[AnswerT | Exception]:
        outcomes: list[AnswerT | Exception] = []
        for each in asked:
            outcomes += await self._done([each])
            if isinstance(outcomes[-1], AWAY):
                return outcomes + [outcomes[-1]] * (len(asked) - len(outcomes))
        return outcomes


def _give(answer: asyncio.Future[AnswerT], outcome: AnswerT | BaseException) -> None:
    """The one who asked may have left in the meantime."""
    if answer.done():
        return
    if isinstance(outcome, BaseException):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
