"""What is asked of services beside words."""

import json
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, cast, func, literal, or_
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH, TSQUERY

from services.matching.domain.map_query import MapQuery
from services.matching.domain.opening_hours import DAYS, moments_of, slots_at, turns_of
from services.matching.domain.search import slot_lexeme
from services.matching.store.lexemes import any_of, one
from services.matching.store.map_copies import filters_of_copies
from services.matching.store.tables import SERVICES
from shared.kernel.dutch_calendar import is_holiday

# Over `OpeningHours.as_stored`.
_AT_HOLIDAYS: Final = " ? (@.holidays == true)"
_OF_DAY: Final = """$%(if_holiday)s.%(day)s[*] ? (
    @.opens <= $minute && @.closes > $minute
    && (!exists(@.turns) || @.turns[*] == $turn || @.turns[*] == $or_last)
    && (!exists(@.first) || @.first <= $day) && (!exists(@.last) || @.last >= $day)
)"""


def filters(query: MapQuery) -> list[ColumnElement[bool]]:
    """What a service must be to be found."""
    columns = SERVICES.c
    found: list[ColumnElement[bool]] = [columns.on_map.is_(True), *filters_of_copies(query), *_open_at(query.open_at)]
    if not query.include_inactive:
        found.append(columns.active.is_(True))
    if not query.include_hidden:
        found.append(columns.hidden_at.is_(None))
    if query.category:
        found.append(columns.categories.contains([query.category]))
    if query.district:
        found.append(or_(columns.districts == [], columns.districts.contains([query.district])))
    if query.language:
        found.append(_speaks(query))
    if query.age is not None:
        found.append(func.coalesce(columns.minimum_age, 0) <= query.age)
        found.append(or_(columns.maximum_age.is_(None), columns.maximum_age >= query.age))
    if query.free_only:
        found.append(columns.is_free.is_(True))
    if query.access:
        found.append(columns.access.contains(list(query.access)))
    if query.organisation_id is not None:
        found.append(columns.organisation_id == query.organisation_id)
    return found


def _speaks(query: MapQuery) -> ColumnElement[bool]:
    says = SERVICES.c.languages.contains([query.language])
    return or_(says, SERVICES.c.languages == []) if query.is_own_language else says


def _open_at(local: datetime | None) -> list[ColumnElement[bool]]:
    """Some opening of today holds then, or one of yesterday that ends after midnight.

    The index gives what is open in this hour of some such day; holidays, seasons and minutes are looked up for these.
    """
    if local is None:
        return []
    hours = any_of(one(slot_lexeme(slot)) for slot in sorted(slots_at(local)))
    in_this_hour = SERVICES.c.search.bool_op("@@")(cast(literal(hours), TSQUERY))
    return [in_this_hour, or_(*(
        func.jsonb_path_exists(
            SERVICES.c.open_hours,
            cast(literal(_path_of(day)), JSONPATH),
            cast(literal(_said_of(day, minute)), JSONB),
        )
        for day, minute in moments_of(local).items()
    ))]  # fmt: skip


def _path_of(day: date) -> str:
    return _OF_DAY % {"day": DAYS[day.weekday()], "if_holiday": _AT_HOLIDAYS if is_holiday(day) else ""}


def _said_of(day: date, minute: int) -> str:
    turns = sorted(turns_of(day))
    return json.dumps({"minute": minute, "day": day.isoformat(), "turn": turns[-1], "or_last": turns[0]})


def unsure_last(query: MapQuery) -> list[ColumnElement[bool]]:
    """What does not say where it helps, or whom, may fit: it stands after what says so."""
    columns = SERVICES.c
    unsure = [
        *([~columns.whole_city & (columns.districts == [])] if query.district else []),
        *([columns.minimum_age.is_(None) & columns.maximum_age.is_(None)] if query.age is not None else []),
    ]
    return [or_(*unsure)] if unsure else []
