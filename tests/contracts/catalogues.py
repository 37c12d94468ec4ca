"""Collects the texts that pages translate, and says what the catalogues lack: `make messages` brings them in step.

A text that nobody translated yet comes into each `.po` with an empty `msgstr`, and one that no page says any more goes.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes
from typing_extensions import override

from shared.web.catalogues import FILE, FOLDER, SHARED, languages
from tests.architecture.tree import ROOT

KEYWORDS: Final = {"_": None, "gettext": None, "ngettext": (1, 2), "to_translate": None, "said_in": (2,)}
OPTIONS: Final = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
# Facts that are filled in, and tags: a translation has the same ones as its source.
KEPT: Final = re.compile(r"%\(\w+\)s|%%|\{\w+\}|</?\w+[^>]*>")
# A word with a capital, or words with spaces between them: what a person reads, and no class, code or address.
WORDS: Final = re.compile(r"^[A-Z]\w+(?![.\w])|^\w+ [\w ]+$|\w \w.*[.?!:]$")
# Classes and attributes that a macro puts into a tag of another one.
MARKUP: Final = re.compile(r"--|=\"")
# Names, and what stands in a mail, which is Dutch.
NAMES: Final = frozenset({"Schakel", "Autoriteit Persoonsgegevens", "Werkt de knop niet?"})
WHOLE_PAGE: Final = frozenset({"_", "gettext", "ngettext"})
ENVIRONMENT: Final = Environment(extensions=["jinja2.ext.i18n"], autoescape=True, trim_blocks=True)
HEAD: Final = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
OWNERS: Final = (SHARED.parent, *sorted(ROOT.glob("services/*/web")))


def texts_of(owner: Path) -> Catalog:
    """Every text that this room's pages translate; what the rules around it say is among them."""
    found = Catalog()
    for file in sorted((*owner.parent.rglob("*.py"), *owner.rglob("*.html"))):
        method = "jinja2" if file.suffix == ".html" else "python"
        with file.open("rb") as opened:
            for _, message, _, context in extract(method, opened, KEYWORDS, options=OPTIONS):
                found.add(message, context=context)
    return found


def kept(owner: Path) -> Iterator[tuple[str, Catalog]]:
    """Its catalogue in each language; an empty one where there is none yet."""
    for language in sorted(languages()):
        file = owner / FOLDER / language / FILE
        if file.is_file():
            with file.open("rb") as opened:
                yield language, read_po(opened, language)
        else:
            yield language, Catalog(language)


def faults(texts: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue: missing, obsolete, in doubt, or saying something else than its source."""
    wanted = {message.id for message in texts if message.id}
    there = {message.id: message for message in catalogue if message.id}
    yield from (f"{each!r}: missing" for each in wanted - there.keys())
    yield from (f"{each!r}: no page says it any more" for each in there.keys() - wanted)
    yield from (f"{each!r}: no page says it any more" for each in catalogue.obsolete)
    for each in there.values():
        yield from (f"{each.id!r}: {fault}" for fault in _faults(each, catalogue.num_plurals))


def _faults(message: Message, plurals: int) -> Iterator[str]:
    sources, said = forms_of(message.id), forms_of(message.string)
    if len(said) != (plurals if message.pluralizable else 1) or not all(said):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked as in doubt"
    for form in said:
        # Arabic has words for one and two of a thing: there the number itself may go.
        if _facts(form) not in [_facts(each) for each in sources] + [
            _facts(each.replace("%(num)s", "")) for each in sources
        ]:
            yield f"other facts or tags in {form!r}"
        if '"' in form:
            yield f"straight quotes in {form!r}: they would end an attribute"


def forms_of(text: str | Iterable[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _facts(text: str) -> list[str]:
    return sorted(KEPT.findall(text))


def said_by_variable(template: str) -> list[int]:
    """Lines on which a template translates what is no plain text: nobody could collect it."""
    tree = ENVIRONMENT.parse(template)
    return [call.lineno for call in tree.find_all(nodes.Call) if not all(map(_is_text, _translated_by(call)))]


def _translated_by(call: nodes.Call) -> Iterator[nodes.Node]:
    if isinstance(call.node, nodes.Name) and call.node.name in KEYWORDS:
        places = KEYWORDS[call.node.name] or (1,)
        yield from (call.args[place - 1] for place in places)


def _is_text(said: nodes.Node) -> bool:
    return isinstance(said, nodes.Const) and isinstance(said.value, str)


def not_wrapped(template: str) -> list[str]:
    """What a template says in plain Dutch, when it translates anything at all: half a page would be translated."""
    tree = ENVIRONMENT.parse(template)
    calls = [call for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
    if not any(isinstance(call.node, nodes.Name) and call.node.name in WHOLE_PAGE for call in calls):
        return []
    page = _Texts()
    page.feed("".join(value for _, kind, value in ENVIRONMENT.lex(template) if kind == "data"))
    wrapped = {id(each) for call in calls for each in _translated_by(call)}
    constants = [each.value for each in tree.find_all(nodes.Const) if id(each) not in wrapped and _is_text(each)]
    read = [said for said in page.said if not {*said.split(" \u2013 ")} <= NAMES and not MARKUP.search(said)]
    return read + [said for said in constants if WORDS.search(said)]


class _Texts(HTMLParser):
    """What a person reads of the page itself: its texts, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in {"aria-label", "alt", "title"} and value]

    @override
    def handle_data(self, data: str) -> None:
        self.said += [data.strip()] if any(map(str.isalpha, data)) else []


def bring_in_step() -> None:
    """Write every catalogue anew: with the texts of today, and the translations that there are."""
    for owner in OWNERS:
        texts = texts_of(owner)
        if not len(texts):
            continue
        for language, catalogue in kept(owner):
            catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
            catalogue.obsolete.clear()
            write(owner, language, catalogue)


def write(owner: Path, language: str, catalogue: Catalog) -> None:
    """Put it in its place: sorted, without dates or line numbers, so that only what changed is a change."""
    entries = BytesIO()
    write_po(entries, catalogue, width=0, no_location=True, sort_output=True, omit_header=True)
    head = HEAD.format(language=language, plurals=catalogue.plural_forms)
    file = owner / FOLDER / language / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(head + entries.getvalue().decode(), encoding="utf-8")


if __name__ == "__main__":
    bring_in_step()
