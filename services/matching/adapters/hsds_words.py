"""Where and when a service is open, and for which ages, out of the parts that HSDS has for them."""

import re
from collections.abc import Iterator
from typing import Any, Final

from services.matching.adapters.checking import RowCheck
from services.matching.adapters.hsds_members import ACCESS, ELIGIBILITY, WHEN, Node
from services.matching.domain.opening_words import hours_in

AGES: Final = ("minimum_age", "maximum_age")
SEVERAL_AGES = "dit aanbod noemt losse leeftijden; wij lezen alles van de laagste tot en met de hoogste"
ONLY_FIRST_PHONE = "wij lezen alleen het eerste nummer"
NOT_IN_WORDS = "deze tijden lezen wij niet; schrijf ze in woorden"
_EXAMPLE_WHEN = '[{"description": "elke woensdag van 13.00 tot 15.00 uur"}]'
_DAYS: Final = {
    "MO": "maandag", "TU": "dinsdag", "WE": "woensdag", "TH": "donderdag", "FR": "vrijdag", "SA": "zaterdag",
    "SU": "zondag",
}  # fmt: skip
# One and several; of a week one says nothing when it is every week.
_EVERY: Final = {
    "DAILY": ("iedere dag", "dagen"), "WEEKLY": ("", "weken"), "MONTHLY": ("iedere maand", "maanden"),
    "YEARLY": ("ieder jaar", "jaren"),
}  # fmt: skip
_DAY: Final = re.compile(r"(-?\d{0,2})([A-Z]{2})[A-Z]*")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIMES: Final = ("byday", "weekday", "opens_at", "closes_at")
# What they choose of the days is not read: it is not each of them.
_ONLY_SOME: Final = ("count", "byweekno", "bymonthday", "byyearday")
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})")


def phone_of(check: RowCheck, node: Node, column: str) -> str:
    """The first number; that there are more is said."""
    phones = check.objects(column, node.get("phones"))
    numbers = [one["number"] for one in phones if one.get("number") not in (None, "")]
    if len(numbers) > 1:
        check.note(f"{column}.number", ONLY_FIRST_PHONE)
    return check.phone(column, numbers[0]) if numbers else ""


def ages_of(check: RowCheck, node: Node) -> dict[str, Any]:
    """From and up to: of the service itself, else of whom it is for."""
    own = check.ages(AGES, node)
    groups = [check.ages(AGES, one) for name in ELIGIBILITY for one in _eligible(check, name, node.get(name))]
    known = [one for one in groups if any(age is not None for age in one.values())]
    if not known or any(age is not None for age in own.values()):
        return own
    low, high = [one["minimum_age"] or 0 for one in known], [one["maximum_age"] for one in known]
    widest = {"minimum_age": min(low), "maximum_age": None if None in high else max(high)}
    if any(one != known[0] for one in known):
        check.note(ELIGIBILITY[0], SEVERAL_AGES)
    only_up_to = all(one["minimum_age"] is None for one in known)
    return widest | ({"minimum_age": None} if only_up_to else {})


def schedule_of(check: RowCheck, node: Node) -> str:
    """All times, one after the other."""
    found: list[str] = []
    for column in WHEN:
        for one in check.objects(column, node.get(column)):
            words = _when(check.lines(column, one.get("description")), _times(check, column, one))
            if not words and any(one.get(name) for name in _TIMES):
                check.note(column, NOT_IN_WORDS, _EXAMPLE_WHEN)
            found += [words] if words else []
    return check.lines(WHEN[0], "; ".join(dict.fromkeys(found)))


def _when(said: str, times: str) -> str:
    """The words that its publisher has for it; where they tell no hours, behind the times of its other members."""
    if not said or not times or hours_in(said).are_known:
        return said or times
    return f"{times} ({said})"


def address_of(check: RowCheck, node: Node) -> str:
    """The address in one line, or those of all its places."""
    own = check.text("address", node.get("address"))
    if own:
        return own
    written = [_place(check, one) for one in _locations(check, node)]
    return check.text("address", "; ".join(dict.fromkeys(each for each in written if each)))


def access_of(check: RowCheck, node: Node) -> list[object]:
    """What makes its places easy to come to: HSDS 3 and HSDS 2 have other names for it."""
    return [
        one.get("description") or one.get("accessibility")
        for location in _locations(check, node)
        for name in ACCESS
        for one in check.objects(name, location.get(name))
    ]


def _locations(check: RowCheck, node: Node) -> list[Node]:
    places = check.objects("service_at_locations", node.get("service_at_locations"))
    inside = [one["location"] for one in places if isinstance(one.get("location"), dict)]
    return [*inside, *check.objects("locations", node.get("locations"))]


def _eligible(check: RowCheck, name: str, value: object) -> list[Node]:
    """A list of whom it is for, or one; HSDS 1 has a text, in which no ages are read."""
    if isinstance(value, str):
        check.note(name, "wij lezen alleen de leeftijden", '[{"minimum_age": 4, "maximum_age": 12}]')
        return []
    return [value] if isinstance(value, dict) else check.objects(name, value)


def _times(check: RowCheck, column: str, one: Node) -> str:
    """Woensdag van 13:00 tot 15:00 uur."""
    days = _days(check.text(column, one.get("byday")) or check.text(column, one.get("weekday")))
    opens, closes = (_time(check.text(column, one.get(name))) for name in ("opens_at", "closes_at"))
    hours = f"van {opens} tot {closes} uur" if opens and closes else f"vanaf {opens} uur" if opens else ""
    hours = hours or (f"tot {closes} uur" if closes else "")
    step = check.number(column, one.get("interval"), 1, 99) or 1
    each, several = _EVERY.get(check.text(column, one.get("freq")).upper(), ("", ""))
    rhythm = f"om de {step} {several}" if several and step > 1 else each
    if any(one.get(name) not in (None, "") for name in _ONLY_SOME):
        rhythm = "soms"
    if not (days or hours):
        return ""
    return _season(check, column, one) + " ".join(part for part in (rhythm, days, hours) if part)


def _season(check: RowCheck, column: str, one: Node) -> str:
    """Van 1-9-2026 tot en met 30-6-2027: or one of both."""
    first = max((_day(check.text(column, one.get(name))) for name in ("valid_from", "dtstart")), default="")
    last = min((day for name in ("valid_to", "until") if (day := _day(check.text(column, one.get(name))))), default="")
    since = (f"van {_dutch(first)}" if last else f"vanaf {_dutch(first)}") if first else ""
    until = f"tot en met {_dutch(last)}" if last else ""
    return f"{' '.join(part for part in (since, until) if part)}: " if since or until else ""


def _day(written: str) -> str:
    """A moment is on its day."""
    return written[:10] if _ISO_DAY.match(written) else written


def _dutch(day: str) -> str:
    found = _ISO_DAY.match(day)
    return f"{int(found[3])}-{int(found[2])}-{found[1]}" if found else day


def _days(written: str) -> str:
    named: list[str] = []
    for part in re.split("[,;/ ]+", written.upper()):
        known = _DAY.fullmatch(part)
        if known is None or known[2] not in _DAYS:
            return written
        order = {"": "", "-1": "laatste "}.get(known[1], f"{known[1]}e ")
        named.append(order + _DAYS[known[2]])
    return ", ".join(named)


def _time(written: str) -> str:
    found = _TIME.match(written)
    return f"{found[1]}:{found[2]}" if found else written


def _place(check: RowCheck, location: Node) -> str:
    """Buurthuis De Brug, Kade 1, 1234 AB Schiewijk."""
    written = [
        ", ".join(part for part in _lines(check, one) if part)
        for name in ("addresses", "physical_addresses")
        for one in check.objects(name, location.get(name))
    ]
    name = check.text("locations.name", location.get("name"))
    return ", ".join(dict.fromkeys(part for part in (name, *written) if part))


def _lines(check: RowCheck, one: Node) -> Iterator[str]:
    for name in ("address_1", "address_2"):
        yield check.text(name, one.get(name))
    yield " ".join(part for part in (check.text(name, one.get(name)) for name in ("postal_code", "city")) if part)
