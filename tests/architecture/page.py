"""docs/architecture.md as data: its links, and for each recipe the files that it names.

`python -m tests.architecture.page` prints how many files each kind of change touches by hand.
"""

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "architecture.md"
# The most files that a change may touch by hand; what a command writes does not count.
# One of each is PRIVACY.md: what is kept of a family stands there, or a test fails.
LIMITS = {
    "an event type": 8,
    "a mail": 6,
    "a page": 3,
    "a field of the request": 7,
    "a kind of help or a district": 0,
    "a service": 6,
}
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<target>[^)#]+)(?:#[^)]*)?\)")
_NAME = re.compile(r"`(?P<name>[A-Za-z_][\w.]*)(?:\(\))?`")
_RECIPE = re.compile(
    r"^### Add (?P<what>[^:\n]+): (?P<count>\d+) files?(?: of code)?\n(?P<body>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL
)
_STEP = re.compile(r"^\d+\. (?P<files>[^:\n]+):", re.MULTILINE)


@dataclass(frozen=True)
class Link:
    """A link to a file of ours; `name` is what the file must define, when the words are a name of Python."""

    target: Path
    name: str

    def fault(self) -> str:
        """What is wrong with it; empty when it leads somewhere."""
        if not self.target.exists():
            return f"{self.target.name}: is not there"
        if self.name and self.target.suffix == ".py" and self.name.split(".")[-1] not in _defined_in(self.target):
            return f"{self.target.relative_to(ROOT)}: does not define {self.name}"
        return ""


@dataclass(frozen=True)
class Recipe:
    """One kind of change: how many files the page says it touches, and which it names."""

    what: str
    count: int
    files: tuple[str, ...]


def links(text: str) -> list[Link]:
    """Every link to a file of the project."""
    found = []
    for match in _LINK.finditer(text):
        if "://" not in match["target"]:
            named = _NAME.fullmatch(match["words"])
            name = named["name"] if named and not named["name"].endswith(".py") else ""
            found.append(Link((PAGE.parent / match["target"]).resolve(), name))
    return found


def recipes(text: str) -> list[Recipe]:
    """Every recipe; each numbered step names the files that it touches, before its colon."""
    return [
        Recipe(
            match["what"],
            int(match["count"]),
            tuple(file for step in _STEP.finditer(match["body"]) for file in re.findall(r"`([^`]+)`", step["files"])),
        )
        for match in _RECIPE.finditer(text)
    ]


def _defined_in(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


if __name__ == "__main__":
    for recipe in recipes(PAGE.read_text(encoding="utf-8")):
        sys.stdout.write(f"{recipe.what}: {len(recipe.files)} by hand (at most {LIMITS[recipe.what]})\n")
