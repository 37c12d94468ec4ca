"""The words of a mail that has HTML only; what it quotes stands behind `>`, as in a mail of plain text."""

import re
from html.parser import HTMLParser
from typing import Final

_UNSEEN: Final = frozenset({"head", "script", "style", "title"})
_OWN_LINE: Final = frozenset(["br", "p", "div", "td", "li", "h1", "h2", "h3", "ul", "ol", "table", "hr", "blockquote"])
_APART: Final = frozenset({"p", "table", "blockquote", "hr"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._quotes = self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own
        self._unseen += tag in _UNSEEN
        self._quotes += tag == "blockquote"
        if tag in _OWN_LINE:
            self._new_line()

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._quotes = max(0, self._quotes - (tag == "blockquote"))
        if tag in _OWN_LINE and tag != "br":
            self._new_line()
        if tag in _APART and not self._quotes:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.lines[-1] += re.sub(r"\s+", " ", data)

    def _new_line(self) -> None:
        if self.lines[-1].strip("> "):
            self.lines.append("")
        self.lines[-1] = "> " * self._quotes


def words_of_html(html: str) -> str:
    """One line for each block."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in parser.lines)).strip()
