"""The HTML of a letter as its reader sees it: words, links, and what would come from outside."""

from html.parser import HTMLParser

from typing_extensions import override


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self._in_style = False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_style = tag == "style"
        self.links += [given["href"] or ""] if tag == "a" else []
        self.outside += [tag] if tag in {"img", "script", "link", "iframe", "form"} or "src" in given else []

    @override
    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    @override
    def handle_data(self, data: str) -> None:
        if self._in_style:
            # What a stylesheet fetches comes from outside as well.
            self.outside += [data] if "url(" in data or "@import" in data else []
        else:
            self.words.append(data)


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page
