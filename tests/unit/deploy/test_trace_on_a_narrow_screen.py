"""`schakel trace` on a terminal: its table where that fits, else lines of which no id is cut in pieces."""

from datetime import UTC, datetime, timedelta

import pytest

from deploy.cli.trace import Telling
from deploy.install.trail import Step, What

T0 = datetime(2026, 3, 2, 23, 59, 59, 500_000, tzinfo=UTC)
FIRST, SECOND, MAIL = (f"01a226f4-9ced-74f3-8ae3-{number:012d}" for number in (1, 2, 3))
REQUEST, ACTIVATED = "nl.schakel.intake.request-received.v1", "nl.schakel.matching.partner-activated.v1"
TIMER = f"out-of-sight-again:{FIRST}"
SOON, SECOND_LATER = timedelta(milliseconds=23), timedelta(seconds=1)
STEPS = [
    Step(T0, "intake", What.PUBLISHED, REQUEST, FIRST, None, "on the bus after 82 ms"),
    Step(T0 + SOON, "monitoring", What.APPLIED, REQUEST, FIRST, FIRST, since_cause=SOON),
    Step(T0 + SOON, "monitoring", What.TIMER, "out-of-sight-again", TIMER, FIRST, "due 2026-03-05 16:00 UTC", SOON),
]
LATER = [
    Step(
        T0 + timedelta(seconds=1), "matching", What.PUBLISHED, ACTIVATED, SECOND, FIRST, "waits", timedelta(seconds=1)
    ),
    Step(T0 + SECOND_LATER, "notify", What.MAIL, "help-sought", MAIL, SECOND, "accepted (attempt 1)", SOON),
]
IN_LINES = f"""\
The way of K7QF-3XHA
2026-03-02 (UTC)
#1   23:59:59.500 intake     published intake.request-received.v1
     {FIRST}
     on the bus after 82 ms
     23:59:59.523 monitoring applied   #1, 23 ms later
     23:59:59.523 monitoring timer set out-of-sight-again
     {TIMER}
     from #1, 23 ms later; due 2026-03-05 16:00 UTC
2026-03-03 (UTC)
#2   00:00:00.500 matching   published matching.partner-activated.v1
     {SECOND}
     from #1, 1.0 s later; waits
     00:00:00.500 notify     mail      help-sought
     {MAIL}
     from #2, 23 ms later; accepted (attempt 1)
"""


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Without colours; its width is to be set."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    return monkeypatch


def test_trace_on_a_narrow_terminal_is_told_in_lines_of_which_nothing_is_cut(
    terminal: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.setenv("COLUMNS", "80")
    telling = Telling("K7QF-3XHA", as_json=False)

    telling.tell(STEPS)
    telling.tell(STEPS + LATER)

    assert capsys.readouterr().out == IN_LINES
    assert max(map(len, IN_LINES.splitlines())) <= 80


@pytest.mark.parametrize("columns", ["200", None])
def test_trace_is_a_table_where_that_fits_and_in_a_file(
    terminal: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: str | None
) -> None:
    terminal.setenv("COLUMNS", columns or "80")
    if columns is None:
        terminal.setenv("TTY_COMPATIBLE", "0")

    Telling("K7QF-3XHA", as_json=False).tell(STEPS)

    said = capsys.readouterr().out
    assert "│ intake     │ published │ intake.request-received.v1 │" in said
    assert TIMER in said


def test_that_nothing_is_kept_is_said_once_while_it_is_followed(capsys: pytest.CaptureFixture[str]) -> None:
    telling = Telling("K7QF-3XHA", as_json=False)

    telling.tell([])
    telling.tell([])
    telling.tell(STEPS[:1])

    said = capsys.readouterr().out
    assert said.count("Nothing of it is kept any more") == 1
    assert "intake.request-received.v1" in said
