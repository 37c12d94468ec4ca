"""How far the audit log is, said outside the database every hour: a log that was cut or made anew no longer agrees."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog
from prometheus_client import CollectorRegistry, Gauge

from shared.kernel.clock import Clock
from shared.kernel.errors import is_transient
from shared.kernel.waiting import wait_for
from shared.privacy.anchors import Anchors
from shared.privacy.audit_chain import Anchored, AuditChain, AuditLine, Break, Head, Mark

NAME: Final = "audit-heads"
ANCHORED_EVERY: Final = timedelta(hours=1)
log = structlog.get_logger(__name__)


class AuditLines(Protocol):
    """The audit log of one service (`shared.messaging.audit.PostgresAuditLines`)."""

    async def head(self) -> Head:
        """How far it is."""

    def after(self, position: int) -> AsyncIterator[list[AuditLine]]:
        """Every line behind this position, many at a time."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at the log found: `broken` is its first bad line, None when it holds."""

    lines: int
    last: Head
    anchors: int
    broken: Break | None = None


class AuditWatch:
    """Checks one service's audit log against its key and its anchors, and anchors it."""

    def __init__(self, lines: AuditLines, chain: AuditChain, anchors: Anchors) -> None:
        self._lines, self._chain, self._anchors = lines, chain, anchors

    async def verify(self, since: datetime | None = None) -> Verified:
        """All that is kept, or from the last anchor before `since` on. Raises AnchorsUnreadable or OSError."""
        anchored, broken = self._heads()
        if broken is not None:
            return Verified(0, Head(), len(anchored), broken)
        known = [each.head for each in anchored if since is not None and each.at <= since]
        known += [each.head for each in anchored if each.mark is Mark.PRUNED]
        start = max(known, key=lambda head: head.position, default=Head())
        return await self._walk(start, {each.head.position: each for each in anchored})

    async def anchor(self, now: datetime) -> Verified:
        """Check what came since the last anchor, and anchor it when it holds. A broken log is anchored no further."""
        found = await self.verify(now)
        heads, _ = self._heads()
        if found.broken is None and found.last.position > (heads[-1].head.position if heads else 0):
            self._say(Anchored(found.last, now))
        return found

    async def put_back(self, now: datetime) -> None:
        """A backup was: the log goes on from here, and anchors of the time that is gone count no more."""
        self._say(Anchored(await self._lines.head(), now, Mark.PUT_BACK))

    def prune(self, until: Head, now: datetime) -> None:
        """The lines up to this head count no more: they may go, and the chain begins behind them."""
        self._say(Anchored(until, now, Mark.PRUNED))

    def _say(self, anchored: Anchored) -> None:
        self._anchors.append(NAME, self._chain.sealed_head(anchored))

    def _heads(self) -> tuple[list[Anchored], Break | None]:
        """The anchors in order, up to the first that somebody changed."""
        heads: list[Anchored] = []
        for number, record in enumerate(self._anchors.read(NAME), start=1):
            if (opened := self._chain.opened_head(record)) is None:
                last = heads[-1].head.position if heads else 0
                return heads, Break(last + 1, f"anchor {number} outside the database was changed")
            if opened.mark is Mark.PUT_BACK:
                heads = [each for each in heads if each.head.position <= opened.head.position]
            heads.append(opened)
        # Two workers of one service may write theirs in any order.
        return sorted(heads, key=lambda each: each.head.position), None

    async def _walk(self, start: Head, anchored: dict[int, Anchored]) -> Verified:
        last, count = start, 0
        async for some in self._lines.after(start.position):
            for line in some:
                broken = self._chain.verify([line], last) or _against(anchored.get(line.position), line)
                if broken is not None:
                    return Verified(count, last, len(anchored), broken)
                last, count = line.head, count + 1
        if not count and start.position:
            # Nothing came after the anchor; is what it says still there?
            head = await self._lines.head()
            last = head if head.position <= start.position else start
        ahead = [each for position, each in sorted(anchored.items()) if position >= max(start.position, last.position)]
        missing = [each for each in ahead if each.head != last]
        return Verified(count, last, len(anchored), _cut(last, missing[-1]) if missing else None)


def _against(anchored: Anchored | None, line: AuditLine) -> Break | None:
    if anchored is None or anchored.head.hash == line.hash:
        return None
    return Break(line.position, f"the log was made anew: on {anchored.at:%Y-%m-%d %H:%M} UTC this was another line")


def _cut(last: Head, anchored: Anchored) -> Break:
    known = f"on {anchored.at:%Y-%m-%d %H:%M} UTC there were {anchored.head.position} lines"
    return Break(min(last.position, anchored.head.position) + 1, f"the end was cut off: {known}")


class AnchoredEveryHour:
    """A worker's task: anchors at the start, every hour and at a clean stop; a gauge says whether the log holds."""

    def __init__(self, watch: AuditWatch, clock: Clock, registry: CollectorRegistry) -> None:
        self._watch, self._clock = watch, clock
        self._broken = Gauge("schakel_audit_broken", "1 when the audit log does not hold", registry=registry)
        self._position = Gauge("schakel_audit_lines", "The last line that was checked", registry=registry)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`, and once more then."""
        while not stop.is_set():
            await self._anchor()
            await wait_for(stop, ANCHORED_EVERY.total_seconds())
        await self._anchor()

    async def _anchor(self) -> None:
        try:
            found = await self._watch.anchor(self._clock.now())
        except Exception as error:
            if not (is_transient(error) or isinstance(error, OSError)):
                raise
            log.warning("audit_anchor_waits", error=type(error).__name__)
            return
        self._position.set(found.last.position)
        self._broken.set(0 if found.broken is None else 1)
        if found.broken is not None:
            log.error("audit_log_broken", line=found.broken.position, reason=found.broken.reason)
