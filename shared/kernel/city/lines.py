"""On which line each key of a TOML file stands. The standard library reads TOML well, and forgets where it read."""

import re
import tomllib
from collections.abc import Mapping
from typing import Final

Path = tuple[str | int, ...]
_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:\\.|[^"\\])*"|' r"'[^']*'",
    re.DOTALL,
)
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN: Final = re.compile(r"[^,\]}#\r\n]*")


def lines_of(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table, key and item of a list, by its path. `text` is TOML that was read before."""
    scan = _Scan(text)
    scan.document()
    return scan.lines


class _Scan:
    """Walks over a valid document once. What it does not understand ends it, with what it found until there."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._line, self._counted = 1, 0
        self._lists: dict[Path, int] = {}

    def document(self) -> None:
        """Everything from the first line to the last."""
        table: Path = ()
        while self._skip(_BLANK) < len(self._text):
            before = self._at
            if self._take("[["):
                table = self._next_of(self._header(self._key()))
                self._take("]]")
            elif self._take("["):
                table = self._header(self._key())
                self.lines.setdefault(table, self._line_here())
                self._take("]")
            else:
                self._pair(table)
            if self._at == before:
                return

    def _header(self, key: Path) -> Path:
        """The path of a header: inside a list of tables it means the last one."""
        path: Path = ()
        for part in key[:-1]:
            path = (*path, part)
            self.lines.setdefault(path, self._line_here())
            if path in self._lists:
                path = (*path, self._lists[path])
        return (*path, key[-1]) if key else path

    def _next_of(self, path: Path) -> Path:
        self._lists[path] = self._lists.get(path, -1) + 1
        found = (*path, self._lists[path])
        self.lines.setdefault(path, self._line_here())
        self.lines[found] = self._line_here()
        return found

    def _pair(self, table: Path) -> None:
        line = self._line_here()
        path = table
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._take("=")
        self._skip(_SPACE)
        self._value(path)

    def _key(self) -> Path:
        parts: list[str | int] = []
        while True:
            self._skip(_SPACE)
            if quoted := _STRING.match(self._text, self._at):
                parts.append(str(tomllib.loads(f"k = {quoted[0]}")["k"]))
                self._at = quoted.end()
            elif bare := _BARE_KEY.match(self._text, self._at):
                parts.append(bare[0])
                self._at = bare.end()
            self._skip(_SPACE)
            if not self._take("."):
                return tuple(parts)

    def _value(self, path: Path) -> None:
        if self._take("["):
            self._items(path)
        elif self._take("{"):
            while not self._ends("}"):
                self._pair(path)
        elif string := _STRING.match(self._text, self._at):
            self._at = string.end()
        else:
            self._skip(_PLAIN)

    def _items(self, path: Path) -> None:
        number = 0
        while not self._ends("]"):
            self.lines[*path, number] = self._line_here()
            self._value((*path, number))
            number += 1

    def _ends(self, bracket: str) -> bool:
        """Whether the list or inline table ends here; passes over what stands between two of its items."""
        self._skip(_BLANK)
        while self._take(","):
            self._skip(_BLANK)
        return self._take(bracket) or self._at >= len(self._text)

    def _take(self, sign: str) -> bool:
        found = self._text.startswith(sign, self._at)
        self._at += len(sign) if found else 0
        return found

    def _skip(self, what: re.Pattern[str]) -> int:
        found = what.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line
