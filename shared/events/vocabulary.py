"""Words of the published language that more than one service shows: what each mail is called, and to whom it goes.

A mail is declared once, by notify, beside the rule that drafts it (`services/notify/domain/mails/`). `schakel schemas
export` writes the part that others may show to `mails.json`, as it writes the schemas of the events. A page that shows
a mail which an event names asks here: `mail("partner-activated").title`. So a new mail touches no other service.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

MAILS_FILE: Final = Path(__file__).parent / "mails.json"


class Audience(StrEnum):
    """To whom a mail goes. Pages say it in the city's own words."""

    AMBASSADOR = "ambassador"
    PARTNER = "partner"
    COORDINATOR = "coordinator"
    APPLICANT = "applicant"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class PublishedMail:
    """What every service may know of a mail: its title in Dutch as a line of its own, and to whom it goes."""

    title: str
    audience: Audience


@cache
def mails() -> Mapping[str, PublishedMail]:
    """Every mail of this release by its code: the `template` of notify's events."""
    found = json.loads(MAILS_FILE.read_text(encoding="utf-8"))
    return {code: PublishedMail(mail["title"], Audience(mail["audience"])) for code, mail in found.items()}


def mail(code: str) -> PublishedMail | None:
    """The mail that an event names; None when another release declared it."""
    return mails().get(code)
