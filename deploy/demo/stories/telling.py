"""Telling a story on the screen, a line for each step, and remembering how it went."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table
from rich.text import Text


class StoryBroken(Exception):
    """A step did not go as told; the rest of this story cannot be played."""


@dataclass
class Step:
    """One line; `link` is where to look, `outcome` what came of it."""

    words: str
    outcome: str = ""
    link: str = ""
    went_well: bool = False


@dataclass
class Chapter:
    """What became of one child."""

    title: str
    case_code: str = ""
    reached: str = ""
    mails: int = 0
    steps: list[Step] = field(default_factory=list)

    @property
    def went_well(self) -> bool:
        """Whether every step did."""
        return bool(self.steps) and all(step.went_well for step in self.steps)


@dataclass
class Telling:
    """Everything that was told; `screen` None tells nobody (in a test)."""

    screen: Console | None = None
    chapters: list[Chapter] = field(default_factory=list)
    without_next_step: str = ""
    is_over: bool = False

    @property
    def went_well(self) -> bool:
        """Whether all was told to its end, and every step went as told."""
        return self.is_over and bool(self.chapters) and all(chapter.went_well for chapter in self.chapters)

    @property
    def failures(self) -> list[str]:
        """The steps that went wrong, in words."""
        return [
            f"{chapter.title}: {step.words}: {step.outcome}"
            for chapter in self.chapters
            for step in chapter.steps
            if not step.went_well
        ]

    def note(self, words: str) -> None:
        """Something that happens meanwhile."""
        self._print(Text(words, style="dim"))

    def heading(self, words: str) -> None:
        """A new part."""
        self._print(Text(f"\n{words}", style="bold"))

    @contextmanager
    def step(self, chapter: Chapter, words: str) -> Iterator[Step]:
        """One step; whatever goes wrong in it is told, and breaks this story. Raises StoryBroken."""
        step = Step(words)
        try:
            yield step
        except Exception as error:
            step.outcome = f"{type(error).__name__}: {error}"
            raise StoryBroken(words) from error
        else:
            step.went_well = True
        finally:
            # A step that was broken off from outside (Ctrl-C) neither went well nor wrong.
            if step.went_well or step.outcome:
                chapter.steps.append(step)
                self._tell(step)

    def broken(self, chapter: Chapter, error: Exception) -> None:
        """It went wrong between two steps."""
        step = Step("tussen twee stappen", f"{type(error).__name__}: {error}")
        chapter.steps.append(step)
        self._tell(step)

    def summary(self, rows: list[tuple[str, str]]) -> None:
        """What each story reached."""
        table = Table("kind", "kenmerk", "bereikt", "mails", "", title="Wat er gebeurde", title_justify="left")
        for chapter in self.chapters:
            mark = Text("✓", "green") if chapter.went_well else Text("✗", "red")
            table.add_row(chapter.title, chapter.case_code, chapter.reached, str(chapter.mails), mark)
        self.is_over = True
        self._print("")
        self._print(table)
        for name, value in rows:
            self._print(Text(f"{name}: ").append(value, style="bold"))

    def _tell(self, step: Step) -> None:
        mark = Text("  ✓ ", style="green") if step.went_well else Text("  ✗ ", style="red")
        line = mark.append(step.words, style="")
        if step.outcome:
            line.append(f": {step.outcome}", style="" if step.went_well else "red")
        if step.link:
            line.append(f"\n    {step.link}", style="blue")
        self._print(line)

    def _print(self, what: Text | Table | str) -> None:
        if self.screen is not None:
            self.screen.print(what)
