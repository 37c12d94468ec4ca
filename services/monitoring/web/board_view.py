"""The lines of the board in plain Dutch: what is needed, how it stands, what comes next, and whom to call."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from babel.dates import format_date, format_datetime

from services.monitoring.domain.board import BoardRow
from services.monitoring.domain.lane import Lane
from services.monitoring.web import words
from services.monitoring.web.lanes import lane_title
from services.monitoring.web.words import Words
from shared.events.base import Urgency
from shared.events.http import KnownPerson
from shared.kernel.city import City
from shared.web.languages import PAGE_LANGUAGE
from shared.web.pages import upper_first

COLLEAGUE = "een collega"
PARTNER = "een partner"
DONE = "Deze aanvraag is klaar."
NO_STEP = "Er is geen volgende stap."


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call; without a name it cannot be seen now, or is not known."""

    name: str | None
    phone: str | None
    away_until: str | None


@dataclass(frozen=True, slots=True)
class LineView:
    """One case."""

    row: BoardRow
    needed: str
    for_whom: str
    district: str
    school: str | None
    partners: str
    asked_on: str
    urgency: tuple[str, str] | None
    state: tuple[str, str]
    lane: str
    reasons: Sequence[str]
    listed_since: str | None
    to_do: str | None
    next_step: str
    owners: str | None
    call: Call | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the lines are written with: the city's words, names of organisations, of professionals, and who looks."""

    city: City
    organisations: Mapping[UUID, str]
    people: Mapping[UUID, KnownPerson]
    reader_id: UUID


def people_of(rows: Iterable[BoardRow]) -> list[UUID]:
    """Whom these lines name: who has them, and whom to call."""
    named = (one for row in rows for one in (*row.owner_ids, row.call_id))
    return list(dict.fromkeys(one for one in named if one is not None))


def in_lanes(lines: Iterable[LineView]) -> list[tuple[Lane | None, list[LineView]]]:
    """Lines that come by lane, with the lane of each group."""
    return [(lane, list(group)) for lane, group in groupby(lines, key=lambda line: line.row.lane)]


def show_line(row: BoardRow, known: Known) -> LineView:
    """The line of this case."""
    said = Words(known.city)
    school = known.organisations.get(row.organisation_id) if row.organisation_id else None
    return LineView(
        row=row,
        needed=upper_first(said.needed(row.categories)) or "Nog niet bekend wat nodig is",
        for_whom=_and([words.BENEFICIARIES[one] for one in row.beneficiaries]),
        district=said.district(row.district),
        school=school,
        partners=_and([known.organisations.get(one, PARTNER) for one in row.at_work]),
        asked_on=_short(known.city.day_of(row.opened_at)),
        urgency=said.urgency(row.urgency) if row.urgency and row.urgency is not Urgency.NORMAL else None,
        state=said.state(row.state),
        lane=lane_title(row.lane),
        reasons=[said.reason(one)[0] for one in row.reasons],
        listed_since=_short(known.city.day_of(row.waits_since)) if row.reasons else None,
        to_do=said.reason(row.reasons[0])[1] if row.reasons and row.lane in {Lane.NOW, Lane.OURS} else None,
        next_step=_next_step(row, known.city, said),
        owners=_owners(row, known) if row.reasons else None,
        call=_call(row, known) if row.lane else None,
    )


def _next_step(row: BoardRow, city: City, said: Words) -> str:
    if row.lane is None:
        return DONE
    if row.waits_until:
        return f"Wacht tot {_short(row.waits_until)}."
    if row.next_action is None or row.next_action_at is None:
        return NO_STEP
    return f"{upper_first(said.next_action(row.next_action))}, {_moment(row.next_action_at, city)}."


def _owners(row: BoardRow, known: Known) -> str | None:
    names = [
        "jij" if one == known.reader_id else known.people[one].name if one in known.people else COLLEAGUE
        for one in row.owner_ids
    ]
    return _and(names) or None


def _call(row: BoardRow, known: Known) -> Call | None:
    if row.call_id is None:
        return None
    person = known.people.get(row.call_id)
    if person is None:
        return Call(None, None, None)
    return Call(person.name, person.phone, _short(person.away_until) if person.away_until else None)


def _and(named: Iterable[str]) -> str:
    *first, last = [*dict.fromkeys(named)] or [""]
    return f"{', '.join(first)} en {last}" if first else last


def _short(day: date) -> str:
    """8 sep 2026."""
    return format_date(day, "d MMM y", locale=PAGE_LANGUAGE).replace(".", "")


def _moment(at: datetime, city: City) -> str:
    return format_datetime(at.astimezone(city.zone), "d MMM y 'om' HH:mm", locale=PAGE_LANGUAGE).replace(".", "")
