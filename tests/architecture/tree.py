"""The source code as the rules see it: files with their syntax trees, from the disk or from a sample in a test."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
FOLDERS = ("shared", "services", "deploy", "tests")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: PurePosixPath
    text: str
    syntax: ast.Module

    @property
    def module(self) -> str:
        """`services.intake.domain.case`; a package has the name of its folder."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def service(self) -> str:
        """`services/<this>/…`; empty elsewhere, and for what stands above the services."""
        parts = self.path.parts
        return parts[1] if parts[0] == "services" and len(parts) > 2 else ""

    @property
    def room(self) -> str:
        """`services/<service>/<this>` without its suffix; empty elsewhere."""
        return self.path.parts[2].removesuffix(".py") if self.service else ""

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the syntax tree, walked once for all rules."""
        return tuple(ast.walk(self.syntax))

    def within(self, *places: str) -> bool:
        """Whether it stands in one of these folders, or is one of these files."""
        return is_within(self.path, *places)

    def at(self, line: int, words: str) -> str:
        """A violation at this line, in one line."""
        return f"{self.path}:{line}: {words}"


@dataclass(frozen=True)
class SourceTree:
    """Every Python file, and the paths of all files."""

    sources: tuple[Source, ...]
    paths: frozenset[PurePosixPath]

    def under(self, *places: str) -> Iterator[Source]:
        """The files in these folders."""
        return (source for source in self.sources if source.within(*places))

    def services(self) -> list[str]:
        """The services that have a folder."""
        return sorted({source.service for source in self.sources if source.service})


# Says what is wrong, a line for each place; empty when the tree keeps the rule.
Rule = Callable[[SourceTree], list[str]]


def sample(files: Mapping[str, str]) -> SourceTree:
    """A tree that exists in a test only."""
    paths = {PurePosixPath(path): text for path, text in files.items()}
    python = (Source(path, text, ast.parse(text)) for path, text in paths.items() if path.suffix == ".py")
    return SourceTree(tuple(python), frozenset(paths))


@cache
def project() -> SourceTree:
    """Schakel itself, read once."""
    found = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*") if _is_ours(file)]
    python = sorted(file for file in found if file.suffix == ".py")
    texts = [(PurePosixPath(file.relative_to(ROOT)), file.read_text(encoding="utf-8")) for file in python]
    sources = tuple(Source(path, text, ast.parse(text)) for path, text in texts)
    return SourceTree(sources, frozenset(PurePosixPath(file.relative_to(ROOT)) for file in found))


def _is_ours(file: Path) -> bool:
    return file.is_file() and not {"__pycache__", "node_modules"} & set(file.parts)


def imports(source: Source) -> Iterator[tuple[str, int]]:
    """Everything that this file imports, anywhere in it, as a full dotted name; with the line."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(source, node)
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def _absolute(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = source.path.parts[: -node.level]
    return ".".join((*package, node.module) if node.module else package)


def is_within(path: PurePosixPath, *places: str) -> bool:
    """Whether this path is one of these, or lies in one."""
    return any(f"{path}/".startswith(f"{place}/") for place in places)


def is_in(name: str, *packages: str) -> bool:
    """Whether this dotted name is one of these packages, or in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a name or attribute; a dot in front when it hangs on something else, such as a call."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Every call in it, with the dotted name of what is called."""
    return ((dotted(node.func), node) for node in source.nodes if isinstance(node, ast.Call))


def functions(source: Source) -> Iterator[Function]:
    """Every function and method in it."""
    return (node for node in source.nodes if isinstance(node, FUNCTIONS))


def classes(source: Source) -> Iterator[ast.ClassDef]:
    """Every class in it."""
    return (node for node in source.nodes if isinstance(node, ast.ClassDef))
