"""Tables of states and steps: written as text, so that a test shows at a glance what each state allows.

The first line names the steps, the first word of each other line a state; or the other way round. A cell is

    .          nothing changes, and nothing is said
    no         refused by name, and nothing changes
    +          the state stays, and the step's facts are said
    <state>    it becomes this, and the step's facts are said
"""

from collections.abc import Iterable
from typing import NamedTuple

NOTHING, REFUSED, SAID = ".", "no", "+"


class Cell(NamedTuple):
    """What a step does from a state."""

    state: str
    step: str
    expected: str

    @property
    def after(self) -> str:
        """The state afterwards."""
        return self.state if self.expected in {NOTHING, REFUSED, SAID} else self.expected

    def __str__(self) -> str:
        """As the test is called."""
        return f"{self.state}-{self.step}"


class StepTable:
    """Raises ValueError when a line has not as many cells as the first, or a cell names no state."""

    def __init__(self, text: str, *, steps_down: bool = False) -> None:
        """`steps_down`: the lines are the steps, and the columns the states."""
        across, *lines = (line.split() for line in text.strip().splitlines())
        down = [line[0] for line in lines]
        self.states, self.steps = (across, down) if steps_down else (down, across)
        found = [(line[0], other, cell) for line in lines for other, cell in zip(across, line[1:], strict=True)]
        self.cells = [Cell(right, left, cell) if steps_down else Cell(left, right, cell) for left, right, cell in found]
        known = {NOTHING, REFUSED, SAID, *self.states}
        if unknown := [str(cell) for cell in self.cells if cell.expected not in known]:
            raise ValueError(f"no such state: {unknown}")

    def is_whole(self, states: Iterable[str], steps: Iterable[str]) -> bool:
        """Whether every state and every step has its line or its column, once each."""
        return sorted(self.states) == sorted(states) and sorted(self.steps) == sorted(steps)
