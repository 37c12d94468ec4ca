"""Three recipes of docs/architecture.md, applied by the letter to a copy of Schakel: its checks still pass."""

import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture import page
from tests.architecture.tree import ROOT

RECIPES = {"an event type": "event.toml", "a mail": "mail.toml", "a field of the request": "field.toml"}
LEFT_OUT = (".git", ".venv", ".schakel", "node_modules", "__pycache__", ".hypothesis", ".ruff_cache", "*.egg-info")
WRITTEN_BY_COMMANDS = ("python -m deploy.cli schemas export", "python -m tests.contracts.samples_on_disk")
CHECKS = (
    "ruff check .",
    "ruff format --check .",
    "mypy",
    "lint-imports",
    "python -m deploy.cli schemas export --check",
    "python -m pytest -q -p no:cacheprovider tests/contracts tests/architecture tests/unit/notify -k 'not hsds'",
    "python -m deploy.cli migrate --check",
    "python -m pytest -q -p no:cacheprovider tests/unit/monitoring -k 'steps or timeline'",
    "python -m pytest -q -p no:cacheprovider tests/unit/intake -k 'kinds or pages or described'",
)


def pieces_of(recipe: str) -> list[dict[str, str]]:
    """What the recipe adds, and where."""
    found: list[dict[str, str]] = tomllib.loads((Path(__file__).parent / "recipes" / recipe).read_text())["piece"]
    return found


def apply(recipe: str, folder: Path) -> None:
    """Put every piece where it belongs."""
    for piece in pieces_of(recipe):
        file, behind = folder / piece["file"], piece.get("behind", "")
        file.parent.mkdir(exist_ok=True)
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        assert behind in text, f"{recipe}: {piece['file']} has not these words any more: {behind!r}"
        before, found, after = text.partition(behind) if behind else (text, "", "")
        file.write_text(before + found + piece["text"] + after, encoding="utf-8")


def run(command: str, folder: Path) -> None:
    """A command of ours, in the copy: `python -m` finds what stands in its own folder before the installed Schakel."""
    program, *arguments = shlex.split(command)
    done = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"


@pytest.mark.timeout(900)
def test_schakel_passes_its_checks_after_three_recipes(tmp_path: Path) -> None:
    copy = tmp_path / "schakel"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for recipe in RECIPES.values():
        apply(recipe, copy)
    for command in (*WRITTEN_BY_COMMANDS, *CHECKS):
        run(command, copy)


@pytest.mark.parametrize(("what", "recipe"), RECIPES.items())
def test_recipe_touches_as_many_files_as_the_page_says(what: str, recipe: str) -> None:
    said = {each.what: each.count for each in page.recipes(page.PAGE.read_text(encoding="utf-8"))}
    assert len({piece["file"] for piece in pieces_of(recipe)}) == said[what]
