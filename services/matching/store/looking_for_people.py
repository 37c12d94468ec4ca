"""Which people the desk's list is asked for, as conditions on the table."""

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select

from services.matching.ports.people import PeopleQuery, Standing
from services.matching.store.tables import ORGANISATIONS, PEOPLE
from shared.events.base import Role

# Of these, somebody else must know what to do when they are not there.
NEEDS_DEPUTY = (Role.AMBASSADOR, Role.PARTNER, Role.COORDINATOR)


def people_wanted(query: PeopleQuery) -> list[ColumnElement[bool]]:
    """All of them hold."""
    wanted = [_standing(query)]
    if query.role is not None:
        wanted.append(_has(query.role))
    if query.text:
        wanted.append(or_(PEOPLE.c.name.icontains(query.text, autoescape=True), _of_organisation(query.text)))
    return wanted


def _standing(query: PeopleQuery) -> ColumnElement[bool]:
    active, standing = PEOPLE.c.active, query.standing
    if standing is Standing.LEFT:
        return ~active
    if standing is Standing.AWAY:
        begun = func.coalesce(PEOPLE.c.away_from, query.today) <= query.today
        return and_(active, begun, PEOPLE.c.away_until >= query.today)
    if standing is Standing.LEAVING:
        return and_(active, PEOPLE.c.leaves_on.is_not(None))
    if standing is Standing.WITHOUT_DEPUTY:
        return and_(active, PEOPLE.c.deputy_id.is_(None), or_(*(_has(role) for role in NEEDS_DEPUTY)))
    condition: ColumnElement[bool] = active
    return condition


def _has(role: Role) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = PEOPLE.c.memberships.contains([{"role": role.value}])
    return condition


def _of_organisation(text: str) -> ColumnElement[bool]:
    """Somebody of an organisation with this in its name."""
    named = ORGANISATIONS.c.name.icontains(text, autoescape=True)
    one = func.jsonb_build_object("organisationId", cast(ORGANISATIONS.c.id, Text))
    there = PEOPLE.c.memberships.contains(func.jsonb_build_array(one))
    return select(ORGANISATIONS.c.id).where(named, there).exists()
