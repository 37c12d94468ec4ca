"""`mails.json`: what every service may know of the mails that notify declares. `schakel schemas export` writes it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from shared.events.schema_compatibility import Problem
from shared.events.schema_export import EXPORT
from shared.events.vocabulary import MAILS_FILE, Audience


class DeclaredMail(Protocol):
    """The part of notify's declaration of a mail that is published."""

    @property
    def template(self) -> str:
        """Its code."""

    @property
    def title(self) -> str:
        """What pages call it."""

    @property
    def audience(self) -> Audience:
        """To whom it goes."""


def export(declared: Iterable[DeclaredMail], file: Path = MAILS_FILE) -> list[str]:
    """Write `mails.json` when it is new or changed; returns its name when it was."""
    if not check(declared := list(declared), file):
        return []
    file.write_text(_text(declared), encoding="utf-8")
    return [file.stem]


def check(declared: Iterable[DeclaredMail], file: Path = MAILS_FILE) -> list[Problem]:
    """What is not in step between the mails that notify declares and those that are published."""
    if file.exists() and file.read_text(encoding="utf-8") == _text(declared):
        return []
    return [Problem(file.stem, "", "are not the mails that notify declares", EXPORT)]


def _text(declared: Iterable[DeclaredMail]) -> str:
    published = {mail.template: {"title": mail.title, "audience": mail.audience.value} for mail in declared}
    return json.dumps(dict(sorted(published.items())), indent=2, ensure_ascii=False) + "\n"
