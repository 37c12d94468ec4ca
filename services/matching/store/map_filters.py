"""What is asked of services beside words."""

from sqlalchemy import ColumnElement, func, or_

from services.matching.domain.map_query import MapQuery
from services.matching.store.map_copies import filters_of_copies
from services.matching.store.tables import SERVICES


def filters(query: MapQuery) -> list[ColumnElement[bool]]:
    """What a service must be to be found."""
    columns = SERVICES.c
    found: list[ColumnElement[bool]] = [columns.on_map.is_(True), *filters_of_copies(query)]
    if not query.include_inactive:
        found.append(columns.active.is_(True))
    if not query.include_hidden:
        found.append(columns.hidden_at.is_(None))
    if query.category:
        found.append(columns.categories.contains([query.category]))
    if query.district:
        found.append(or_(columns.districts == [], columns.districts.contains([query.district])))
    if query.language:
        found.append(columns.languages.contains([query.language]))
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


def unsure_last(query: MapQuery) -> list[ColumnElement[bool]]:
    """What does not say where it helps, or whom, may fit: it stands after what says so."""
    columns = SERVICES.c
    unsure = [
        *([~columns.whole_city & (columns.districts == [])] if query.district else []),
        *([columns.minimum_age.is_(None) & columns.maximum_age.is_(None)] if query.age is not None else []),
    ]
    return [or_(*unsure)] if unsure else []
