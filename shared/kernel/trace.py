"""What is being done just now: one variable, from which log lines take their ids and effects their `traceparent`.

`traceparent` is W3C Trace Context (https://www.w3.org/TR/trace-context/): a trace, and the span in it that leads here.
It is always there, so that what belongs together can be found together without a collector.
"""

import re
from collections.abc import Mapping
from contextvars import Context, ContextVar, copy_context
from random import Random
from typing import Final, Protocol

# Version ff and ids of zeros are forbidden; a version after 00 may say more behind a hyphen, which is passed over.
_TRACEPARENT: Final = re.compile(
    r"((?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})(?:(?<!00-.{52})-.*)?"
)
_TRACE_ID: Final = slice(3, 35)
# With the hyphens around them.
_OF_TRACE: Final = slice(2, 36)
_FLAGS: Final = slice(52, 55)
# To whoever collects spans: this one counts.
_SAMPLED: Final = "01"
# Ids of spans need not be hard to guess, and asking the system for each takes longer than all else here.
_CHANCE: Final = Random()  # noqa: S311


class Work(Protocol):
    """An event in its handler, a timer that fires, a mail that is sent, a request that is answered."""

    @property
    def traceparent(self) -> str:
        """What its effects continue."""

    def log_fields(self) -> Mapping[str, str]:
        """Ids and codes for the log, by name; asked for when a line is written."""


WORK: Final[ContextVar[Work | None]] = ContextVar("what is done", default=None)


def readable(traceparent: str | None) -> str | None:
    """This header's value; None when it cannot be read, and a trace begins anew, as W3C says."""
    found = _TRACEPARENT.fullmatch(traceparent or "")
    return found[1] if found else None


def child_of(traceparent: str | None) -> str:
    """The next span of this trace; without one, the first span of a new trace."""
    span = _CHANCE.getrandbits(64) or 1
    if traceparent is None:
        return f"00-{_CHANCE.getrandbits(128) or 1:032x}-{span:016x}-{_SAMPLED}"
    return f"00{traceparent[_OF_TRACE]}{span:016x}{traceparent[_FLAGS]}"


def trace_id(traceparent: str) -> str:
    """Which trace it is part of: 32 hexadecimal digits."""
    return traceparent[_TRACE_ID]


def current_traceparent() -> str | None:
    """That of what is being done just now."""
    work = WORK.get()
    return work.traceparent if work else None


def without_work() -> Context:
    """For a task that works for several: whoever happened to start it must not stand in the lines of the others."""
    context = copy_context()
    context.run(WORK.set, None)
    return context
