"""A page as a person without JavaScript meets it: text, links, and forms with fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from typing_extensions import override

VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
SILENT: Final = frozenset({"script", "style", "template", "title"})
BUTTONS: Final = frozenset({"submit", "button", "image", "reset"})


class PageDiffers(Exception):
    """The page does not hold what a person would need there."""


@dataclass
class Form:
    """One form: where it goes, what is filled in already, and what can be chosen."""

    action: str
    method: str = "get"
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Every field of it, buttons with a name too."""
        return set(self.values) | set(self.choices) | {name for name, _ in self.buttons if name}

    def filled(self, answers: Mapping[str, str]) -> dict[str, str]:
        """What is sent when a person gives these answers. Raises PageDiffers when there is no such field or choice."""
        for name, value in answers.items():
            if name not in self.names:
                raise PageDiffers(f"the form on {self.action} has no field {name}; it has {sorted(self.names)}")
            offered = self.choices.get(name)
            if offered is not None and value not in offered:
                raise PageDiffers(f"{name} cannot be {value!r}; one can choose {offered}")
        return {**self.values, **answers}


@dataclass
class Page:
    """A page that was read."""

    url: str
    text: str
    links: list[tuple[str, str]]
    forms: list[Form]

    @classmethod
    def read(cls, url: str, html: str) -> "Page":
        """Parse it."""
        reader = _Reader(url)
        reader.feed(html)
        reader.close()
        return cls(url, " ".join("".join(reader.words).split()), reader.links, reader.forms)

    def form_with(self, *names: str) -> Form:
        """The first form that has all of these fields. Raises PageDiffers."""
        for form in self.forms:
            if set(names) <= form.names:
                return form
        there = [sorted(form.names) for form in self.forms]
        raise PageDiffers(f"{self.url} has no form with {', '.join(names)}; its forms have {there}")


class _Reader(HTMLParser):
    """Collects; everything that looks like a field is taken as a browser would send it."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._url = url
        self._silent = 0
        self._form: Form | None = None
        self._select: tuple[str, bool] | None = None
        self._textarea: str | None = None
        self._link: tuple[str, list[str]] | None = None
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self._silent += 1
        elif tag == "a" and "href" in given:
            self._link = (urljoin(self._url, given["href"]), [])
        elif tag == "form":
            action = urljoin(self._url, given.get("action") or self._url)
            self._form = Form(action, given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and "disabled" not in given:
            self._field(self._form, tag, given)
        if tag not in VOID:
            self.words.append(" ")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None
        elif tag == "a" and self._link is not None:
            self.links.append((self._link[0], " ".join("".join(self._link[1]).split())))
            self._link = None
        self.words.append(" ")

    @override
    def handle_data(self, data: str) -> None:
        if self._textarea is not None and self._form is not None:
            self._form.values[self._textarea] += data
        elif not self._silent:
            self.words.append(data)
            if self._link is not None:
                self._link[1].append(data)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text").lower()
        if tag == "button" or (tag == "input" and kind in BUTTONS):
            form.buttons.append((name, given.get("value", "")))
            if name:
                form.choices.setdefault(name, []).append(given.get("value", ""))
        elif tag == "option" and self._select is not None:
            self._option(form, given)
        elif not name:
            return
        elif tag == "select":
            self._select = (name, False)
            form.choices.setdefault(name, [])
        elif tag == "textarea":
            self._textarea = name
            form.values[name] = ""
        elif tag == "input" and kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.values[name] = given.get("value", "on")
        elif tag == "input":
            form.values[name] = given.get("value", "")

    def _option(self, form: Form, given: dict[str, str]) -> None:
        name, chosen = self._select or ("", False)
        value = given.get("value", "")
        form.choices[name].append(value)
        # A browser sends the first option of a list unless another one is marked.
        if "selected" in given or (not chosen and len(form.choices[name]) == 1):
            form.values[name] = value
            self._select = (name, "selected" in given)
