"""Families that look alike, in PostgreSQL."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Table, distinct, exists, func, select
from sqlalchemy.dialects.postgresql import JSONB

from services.intake.domain.alike import COUNTED, AlikeSearch
from services.intake.domain.same_child import PairState
from services.intake.store.tables import CaseRow
from shared.events.alike_families import Children, HomeLanguage
from shared.messaging.postgres_unit import PostgresUnit

CASES: Final[Table] = CaseRow.metadata.tables["cases"]
PAIRS: Final[Table] = CaseRow.metadata.tables["same_children"]
_SIBLINGS: Final = CASES.alias("siblings")
_MAY_BE_ONE: Final = (PairState.ASKED, PairState.JOINED)


class PostgresAlike:
    """The table `cases`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def are_at_least(self, number: int, search: AlikeSearch) -> bool:
        counted = select(func.count(distinct(CASES.c.household_id)) >= number).where(*_looked_for(search))
        return bool((await self._unit.session.exec(counted)).scalar_one())  # type: ignore[call-overload]  # plain columns


def _looked_for(search: AlikeSearch) -> list[ColumnElement[bool]]:
    shape = search.shape
    needs = func.coalesce(CASES.c.needs_found, CASES.c.needs_asked, type_=JSONB)
    wanted = [*_counted(CASES), CASES.c.received_at >= search.since, CASES.c.received_at < search.until]
    wanted += [needs.contains([{"category": category}]) for category in shape.categories]
    if shape.age_band is not None:
        wanted.append(CASES.c.age_band == shape.age_band)
    if shape.district is not None:
        wanted.append(CASES.c.district == shape.district)
    if shape.home_language is not None:
        is_own = CASES.c.family_language == search.language
        wanted.append(is_own if shape.home_language is HomeLanguage.OF_THE_CITY else ~is_own)
    if shape.children is not None:
        others = _SIBLINGS.c.household_id == CASES.c.household_id, _SIBLINGS.c.id != CASES.c.id
        has_more = exists().where(*others, *_counted(_SIBLINGS))
        wanted.append(has_more if shape.children is Children.SEVERAL else ~has_more)
    return wanted


def _counted(cases: Any) -> tuple[ColumnElement[bool], ...]:  # noqa: ANN401 - the table, or an alias of it
    is_twin = exists().where(PAIRS.c.younger == cases.c.id, PAIRS.c.state.in_(_MAY_BE_ONE))
    return cases.c.state.in_(sorted(COUNTED)), cases.c.held_at.is_(None), ~is_twin
