"""The timeline of a case as the page shows it: a sentence per event, with who and when, never about people by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.web.sentences import SENTENCES, UNKNOWN, Sentence
from shared.events.vocabulary import Audience, PublishedMail, mail
from shared.web.pages import day

PARTNER = "De partner"
CODES = ("reason", "answer", "outcome")
DAYS: Mapping[str, str] = {
    "first_contact_on": "eerste contact op {dag}",
    "planned_for": "op {dag}",
}
AUDIENCES: Mapping[Audience, str] = {
    Audience.AMBASSADOR: "aan de ambassadeur",
    Audience.PARTNER: "aan de partner",
    Audience.COORDINATOR: "aan de regie",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the timeline component."""

    title: str
    at: datetime
    text: str | None
    tone: str


def line(entry: TimelineEntry, names: Mapping[UUID, str]) -> Line:
    """This event as a sentence."""
    sentence = SENTENCES.get(entry.what, UNKNOWN)
    who = names.get(entry.organisation_id, PARTNER) if entry.organisation_id else PARTNER
    title = sentence.text.format(wie=who, nummer=entry.details.get("number", ""))
    # "De partner" in the middle of a sentence is "de partner".
    title = title if title.startswith(PARTNER) else title.replace(PARTNER, PARTNER[:1].lower() + PARTNER[1:])
    more = ", ".join(_more(entry, sentence))
    stop = "" if more.endswith("?") else "."
    text = f"{more[:1].upper()}{more[1:]}{stop}" if more else None
    return Line(title, entry.occurred_at, text, "trouble" if sentence.trouble else "done")


def _more(entry: TimelineEntry, sentence: Sentence) -> Iterator[str]:
    details = entry.details
    yield from (words for name in CODES if (words := sentence.codes.get(details.get(name, ""))))
    yield from (
        text.format(dag=day(date.fromisoformat(details[name]))) for name, text in DAYS.items() if name in details
    )
    if entry.what == "follow-up-scheduled" and "due_at" in details:
        yield f"voor {day(datetime.fromisoformat(details['due_at']))}"
    if found := mail(details.get("template", "")):
        yield _titled(found)


def _titled(found: PublishedMail) -> str:
    to_whom = AUDIENCES.get(found.audience)
    return f"{to_whom}: {found.title}" if to_whom else found.title
