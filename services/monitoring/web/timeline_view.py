"""The timeline of a case as the page shows it: a sentence per event, with who and when, never about people by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.web.sentences import COLD, SENTENCES, UNKNOWN, Sentence
from shared.events.matching import HandoverKind
from shared.events.vocabulary import Audience, PublishedMail, mail
from shared.kernel.city import City
from shared.web.pages import day, names_in

PARTNER = "De partner"
CODES = ("reason", "answer", "outcome", "cold_reason", "wished_by")
DAYS: Mapping[str, str] = {
    "first_contact_on": "eerste contact op {dag}",
    "planned_for": "op {dag}",
    "until": "tot {dag}",
    "from_day": "vanaf {dag}",
}
AUDIENCES: Mapping[Audience, str] = {
    Audience.AMBASSADOR: "aan de {ambassador}",
    Audience.PARTNER: "aan de partner",
    Audience.COORDINATOR: "aan {desk}",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the timeline component."""

    title: str
    at: datetime
    text: str | None
    tone: str


def line(entry: TimelineEntry, names: Mapping[UUID, str], city: City) -> Line:
    """This event as a sentence; `names` are those of organisations."""
    cold = entry.details.get("kind") == HandoverKind.COLD
    sentence = SENTENCES.get(COLD if cold else entry.what, UNKNOWN)
    who = names.get(entry.organisation_id, PARTNER) if entry.organisation_id else PARTNER
    title = sentence.text.format(wie=who, nummer=entry.details.get("number", ""), **names_in(city))
    # "De partner" in the middle of a sentence is "de partner".
    title = title if title.startswith(PARTNER) else title.replace(PARTNER, PARTNER[:1].lower() + PARTNER[1:])
    more = ", ".join(_more(entry, sentence, city))
    stop = "" if more.endswith("?") else "."
    text = f"{more[:1].upper()}{more[1:]}{stop}" if more else None
    return Line(title, entry.occurred_at, text, "trouble" if sentence.trouble else "done")


def _more(entry: TimelineEntry, sentence: Sentence, city: City) -> Iterator[str]:
    details = entry.details
    codes = (sentence.codes.get(details.get(name, "")) for name in CODES)
    yield from (words.format_map(names_in(city)) for words in codes if words)
    yield from (
        text.format(dag=day(date.fromisoformat(details[name]))) for name, text in DAYS.items() if name in details
    )
    if entry.what == "handover-planned" and "on" in details:
        yield f"op {day(date.fromisoformat(details['on']))}"
    if "took_place" in details:
        yield "het ging door" if details["took_place"] == str(True) else "het ging niet door"
    if entry.what == "follow-up-scheduled" and "due_at" in details:
        yield f"voor {day(city.day_of(datetime.fromisoformat(details['due_at'])))}"
    if found := mail(details.get("template", "")):
        yield _titled(found, city)


def _titled(found: PublishedMail, city: City) -> str:
    to_whom = AUDIENCES.get(found.audience)
    return f"{to_whom.format_map(names_in(city))}: {found.title}" if to_whom else found.title
