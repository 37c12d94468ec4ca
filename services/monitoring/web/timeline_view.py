"""The timeline of a case as the page shows it: a sentence per event, with who and when, never a name of the family."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.web.desk_words import CHOICE_REASONS, TAKE_OVER_REASONS, WAIT_REASONS
from services.monitoring.web.desk_words import DONE as DONE_WORDS
from services.monitoring.web.endings import RESTS
from services.monitoring.web.sentences import COLD, DONE, GIVEN, LAPSED, RETURNED, SENTENCES, UNKNOWN, Sentence
from shared.events.referral_codes import HandoverKind
from shared.events.vocabulary import Audience, PublishedMail, mail
from shared.kernel.city import City
from shared.web.pages import day, lower_first, names_in

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
# Who of the desk did it: the first of these that an entry holds.
ACTORS: Final = ("owner_id", "resolved_by", "postponed_by", "said_by", "chosen_by", "reminded_by", "previous_id")
# Mails, and that somebody was reminded: shown when asked for.
IN_BETWEEN: Final = frozenset(
    {
        "message-accepted", "message-unknown", "response-reminder-due", "inventory-reminder-due",
        "handover-reminder-due", "confirmation-reminder-due", "follow-up-reminder-due", "waitlist-due",
        "escalation-repeated",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the timeline component."""

    title: str
    at: datetime
    text: str | None
    tone: str


def actors(entries: Iterable[TimelineEntry]) -> set[UUID]:
    """Everybody of the desk whom these lines name."""
    return {UUID(entry.details[name]) for entry in entries for name in ACTORS if name in entry.details}


def line(entry: TimelineEntry, names: Mapping[UUID, str], city: City, people: Mapping[UUID, str] | None = None) -> Line:
    """This event as a sentence; `names` are those of organisations, `people` those of who works at the desk."""
    sentence = SENTENCES.get(_kind(entry), UNKNOWN)
    who = names.get(entry.organisation_id, PARTNER) if entry.organisation_id else PARTNER
    title = sentence.text.format(
        wie=who,
        persoon=_actor(entry, city, people or {}),
        gedaan=DONE_WORDS.get(entry.details.get("resolution", ""), "").format_map(names_in(city)),
        nummer=entry.details.get("number", ""),
        **names_in(city),
    )
    # "De partner" in the middle of a sentence is "de partner".
    title = title if title.startswith(PARTNER) else title.replace(PARTNER, lower_first(PARTNER))
    more = ", ".join(_more(entry, sentence, city, people or {}))
    stop = "" if more.endswith("?") else "."
    text = f"{more[:1].upper()}{more[1:]}{stop}" if more else None
    return Line(title, entry.occurred_at, text, "trouble" if sentence.trouble else "done")


def _kind(entry: TimelineEntry) -> str:
    """Its sentence: of some events there are several."""
    details = entry.details
    if details.get("kind") == HandoverKind.COLD:
        return COLD
    if entry.what == "escalation-resolved" and "resolution" in details:
        return DONE
    if entry.what != "point-assigned":
        return entry.what
    if "owner_id" in details:
        return entry.what if details["owner_id"] == details.get("assigned_by") else GIVEN
    return RETURNED if "assigned_by" in details else LAPSED


def _actor(entry: TimelineEntry, city: City, people: Mapping[UUID, str]) -> str:
    """`Anna Verzonnen van het Schakelpunt`; without a name it is somebody of it."""
    found = (people.get(UUID(entry.details[name])) for name in ACTORS if name in entry.details)
    return f"{next(found, None) or 'Iemand'} van {city.desk.in_sentence}"


def _more(entry: TimelineEntry, sentence: Sentence, city: City, people: Mapping[UUID, str]) -> Iterator[str]:
    details = entry.details
    codes = [sentence.codes.get(details.get(name, "")) for name in CODES]
    codes.append(RESTS.get(details.get("rest", "")))
    if (why := details.get("why")) is not None:
        codes.append(lower_first(TAKE_OVER_REASONS.get(why) or WAIT_REASONS.get(why, "")))
    yield from (words.format_map(names_in(city)) for words in codes if words)
    if "chosen_by" in details:
        chosen = CHOICE_REASONS.get(details.get("choice", ""), "een andere reden")
        yield f"gekozen door {_actor(entry, city, people)}: {chosen.format_map(names_in(city))}"
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
