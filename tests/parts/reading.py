"""What somebody reads on a page that is not in Dutch, and what of it was left in Dutch."""

import re
from collections.abc import Collection
from html.parser import HTMLParser
from typing import Final

from typing_extensions import override

_UNREAD: Final = frozenset({"script", "style"})
_WITHOUT_END: Final = frozenset({"meta", "link", "input", "br", "img", "hr", "rect", "path"})
_ADDRESS: Final = re.compile(r"^\S+@\S+$|^https?://\S+$")
_READ_ALOUD: Final = frozenset({"aria-label", "alt", "title", "placeholder"})


class _Read(HTMLParser):
    """Texts in the language of the page: what is marked as another one is passed over."""

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.texts: set[str] = set()
        self._passed_over: list[bool] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "html":
            self.language = told.get("lang") or ""
        elsewhere = tag in _UNREAD or told.get("lang", self.language) != self.language
        if tag not in _WITHOUT_END:
            self._passed_over.append(elsewhere)
        if not elsewhere and not any(self._passed_over):
            self._take(*(value for name, value in attrs if name in _READ_ALOUD and value))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag not in _WITHOUT_END:
            self._passed_over.pop()

    @override
    def handle_data(self, data: str) -> None:
        if not any(self._passed_over):
            self._take(data)

    def _take(self, *texts: str) -> None:
        self.texts.update(" ".join(one.split()) for one in texts if any(map(str.isalpha, one)))


def language_of(page: str) -> str:
    """What it says of itself."""
    return _read(page).language


def left_in_dutch(dutch: str, translated: str, data: Collection[str] = ()) -> list[str]:
    """What stands in both pages without being marked as Dutch: nobody translated it, unless it is of `data`.

    Addresses are nobody's words.
    """
    both = _read(dutch).texts & _read(translated).texts
    return sorted(text for text in both - {*data} if not _ADDRESS.search(text))


def _read(page: str) -> _Read:
    read = _Read()
    read.feed(page)
    read.close()
    return read
