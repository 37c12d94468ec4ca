"""What programs ask of the map that keep a copy of it."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from services.matching.domain.map_query import MapQuery
from services.matching.store.tables import ORGANISATIONS, SERVICES


def filters_of_copies(query: MapQuery) -> list[ColumnElement[bool]]:
    """Beside what people filter by."""
    columns = SERVICES.c
    found: list[ColumnElement[bool]] = []
    if query.categories:
        found.append(columns.categories.overlap(sorted(query.categories)))
    if query.changed_at_least is not None:
        found.append(_changed_since(query.changed_at_least))
    if query.has_place:
        found.append(or_(columns.address != "", columns.access != []))
    return found


def _changed_since(moment: datetime) -> ColumnElement[bool]:
    owner = ORGANISATIONS.c
    changed_owners = select(owner.id).where(owner.changed_at >= moment)
    return or_(SERVICES.c.changed_at >= moment, SERVICES.c.organisation_id.in_(changed_owners))
