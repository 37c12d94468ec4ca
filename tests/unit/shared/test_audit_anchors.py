"""The audit log against its anchors: what was changed, cut or made anew is named at its first bad line."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from shared.messaging.audit import chained
from shared.messaging.audit_anchors import NAME, AuditWatch
from shared.privacy.anchors import Anchors
from shared.privacy.audit_chain import AuditLine, Head
from tests.parts.audit import CHAIN
from tests.unit.shared.privacy.test_privacy_audit import NOW, entry

HOUR = timedelta(hours=1)


class Log:
    """Lines as a database that somebody may change holds them."""

    def __init__(self) -> None:
        self.lines: list[AuditLine] = []

    def add(self, count: int) -> None:
        last = self.lines[-1].head if self.lines else Head()
        first = last.position + 1
        self.lines += chained(CHAIN, [entry(number) for number in range(first, first + count)], last)

    async def head(self) -> Head:
        return self.lines[-1].head if self.lines else Head()

    async def after(self, position: int) -> AsyncIterator[list[AuditLine]]:
        rest = [line for line in self.lines if line.position > position]
        for at in range(0, len(rest), 2):
            yield rest[at : at + 2]


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def watch(log: Log, tmp_path: Path) -> AuditWatch:
    return AuditWatch(log, CHAIN, Anchors(tmp_path))


async def three_days(log: Log, watch: AuditWatch) -> None:
    """Five lines a day, each day anchored."""
    for day in range(3):
        log.add(5)
        assert (await watch.anchor(NOW + timedelta(days=day))).broken is None


async def test_log_that_nobody_touched_holds(log: Log, watch: AuditWatch) -> None:
    assert (await watch.verify()).broken is None
    await three_days(log, watch)
    log.add(2)
    found = await watch.verify()
    assert (found.lines, found.anchors, found.broken) == (17, 3, None)


def changed(log: Log) -> None:
    log.lines[6] = replace(log.lines[6], entry=replace(log.lines[6].entry, purpose="other"))


def missing(log: Log) -> None:
    del log.lines[6]


def cut(log: Log) -> None:
    del log.lines[6:]


def emptied(log: Log) -> None:
    log.lines.clear()


def made_anew_with_the_key(log: Log) -> None:
    """Whoever has the key as well can make a chain without one reader; the anchors say that it was another one."""
    kept = [line.entry for line in log.lines if line.position != 7]
    log.lines[:] = chained(CHAIN, [*kept, *kept[:1]], Head())


FORGERIES: list[tuple[Callable[[Log], None], int, str]] = [
    (changed, 7, "changed"),
    (missing, 7, "missing"),
    (cut, 7, "cut off"),
    (emptied, 1, "cut off"),
    (made_anew_with_the_key, 10, "made anew"),
]


@pytest.mark.parametrize(("forge", "line", "said"), FORGERIES, ids=[forge.__name__ for forge, _, _ in FORGERIES])
async def test_first_bad_line_is_named_with_what_is_wrong(
    log: Log, watch: AuditWatch, forge: Callable[[Log], None], line: int, said: str
) -> None:
    await three_days(log, watch)
    forge(log)

    broken = (await watch.verify()).broken
    assert broken is not None
    assert broken.position == line
    assert said in broken.reason


async def test_tail_that_is_not_anchored_yet_is_the_most_that_can_be_cut(log: Log, watch: AuditWatch) -> None:
    await three_days(log, watch)
    del log.lines[10:]
    assert (await watch.verify(NOW + timedelta(days=5))).broken is not None
    log.add(5)
    assert (await watch.verify()).broken is None, "the same lines, chained again with the key, are the same log"


async def test_last_day_is_checked_without_the_days_before(log: Log, watch: AuditWatch) -> None:
    await three_days(log, watch)
    found = await watch.verify(NOW + timedelta(days=1, hours=12))
    assert (found.lines, found.last.position) == (5, 15)
    log.lines[12] = replace(log.lines[12], entry=replace(log.lines[12].entry, purpose="other"))
    broken = (await watch.verify(NOW + timedelta(days=1, hours=12))).broken
    assert broken is not None
    assert broken.position == 13


async def test_anchor_that_was_changed_shows(log: Log, watch: AuditWatch, tmp_path: Path) -> None:
    await three_days(log, watch)
    file = tmp_path / f"{NAME}.jsonl"
    records = [json.loads(line) for line in file.read_text().splitlines()]
    forged = [records[0], {**records[1], "position": 9}, records[2]]
    file.write_text("".join(json.dumps(record) + "\n" for record in forged))
    broken = (await watch.verify()).broken
    assert broken is not None
    assert "anchor 2" in broken.reason


async def test_two_workers_may_anchor_in_any_order(log: Log, watch: AuditWatch, tmp_path: Path) -> None:
    await three_days(log, watch)
    anchors = Anchors(tmp_path)
    anchors.append(NAME, anchors.read(NAME)[0])
    assert (await watch.verify()).broken is None
    assert (await watch.verify(NOW + timedelta(days=9))).lines == 0


async def test_broken_log_is_anchored_no_further_and_a_quiet_hour_adds_nothing(
    log: Log, watch: AuditWatch, tmp_path: Path
) -> None:
    await three_days(log, watch)
    await watch.anchor(NOW + timedelta(days=2) + HOUR)
    assert len(Anchors(tmp_path).read(NAME)) == 3
    log.add(2)
    log.lines[15] = replace(log.lines[15], entry=replace(log.lines[15].entry, about_id=UUID(int=9)))
    assert (await watch.anchor(NOW + timedelta(days=3))).broken is not None
    assert len(Anchors(tmp_path).read(NAME)) == 3


async def test_log_that_a_restore_put_back_goes_on_from_there(log: Log, watch: AuditWatch) -> None:
    await three_days(log, watch)
    del log.lines[8:]
    await watch.put_back(NOW + 3 * HOUR)
    log.lines += chained(CHAIN, [entry(100 + number) for number in range(9)], log.lines[-1].head)

    assert (await watch.verify()).broken is None
    assert (await watch.anchor(NOW + timedelta(days=4))).broken is None
    del log.lines[10:]
    found = await watch.verify()
    assert found.broken
    assert (found.broken.position, found.broken.reason[:18]) == (11, "the end was cut of")


async def test_put_back_forgives_nothing_of_before_it_nor_without_the_key(
    log: Log, watch: AuditWatch, tmp_path: Path
) -> None:
    await three_days(log, watch)
    log.lines[:] = chained(CHAIN, [entry(100 + number) for number in range(8)], Head())
    await watch.put_back(NOW + 3 * HOUR)
    forged = {**Anchors(tmp_path).read(NAME)[0], "put_back": 1}

    found = await watch.verify()
    assert found.broken
    assert (found.broken.position, found.broken.reason[:12]) == (5, "the log was ")
    Anchors(tmp_path).append(NAME, forged)
    found = await watch.verify()
    assert found.broken
    assert "anchor 5 outside the database was changed" in found.broken.reason


async def test_what_is_behind_a_prune_holds_and_what_is_bent_or_cut_there_shows(log: Log, watch: AuditWatch) -> None:
    await three_days(log, watch)
    watch.prune(log.lines[6].head, NOW + timedelta(days=3))
    assert (await watch.verify()).broken is None, "whoever died before they were gone gives the command again"
    del log.lines[:7]

    found = await watch.verify()
    assert (found.lines, found.last.position, found.broken) == (8, 15, None)
    assert (await watch.anchor(NOW + timedelta(days=4))).broken is None
    kept = list(log.lines)
    for bend, line in ((slice(None), 1), (slice(0, 1), 8), (slice(4, None), 12)):
        del log.lines[bend]
        broken = (await watch.verify()).broken
        assert broken is not None, bend
        assert broken.position == line, bend
        log.lines[:] = kept


async def test_lines_that_went_without_a_mark_of_the_key_are_missed(
    log: Log, watch: AuditWatch, tmp_path: Path
) -> None:
    await three_days(log, watch)
    del log.lines[:7]
    Anchors(tmp_path).append(NAME, {**Anchors(tmp_path).read(NAME)[0], "pruned": 1})
    assert (await watch.verify()).broken is not None


async def test_backup_of_before_a_prune_brings_nothing_to_light_that_does_not_hold(log: Log, watch: AuditWatch) -> None:
    await three_days(log, watch)
    before = list(log.lines[:12])
    watch.prune(log.lines[6].head, NOW + timedelta(days=3))
    log.lines[:] = before
    await watch.put_back(NOW + timedelta(days=4))

    found = await watch.verify()
    assert (found.lines, found.broken) == (5, None)
