"""Marks of children and the pairs found by them, in PostgreSQL."""

from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Select, Table, exists, text, tuple_, update
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.intake.domain.case_state import OPEN
from services.intake.domain.same_child import PairState, SameChild
from services.intake.store.same_child_table import SameChildRow
from services.intake.store.tables import LEAVES_NEEDS, CaseKeyRow, CaseRow
from shared.messaging.postgres_unit import PostgresUnit

CASES: Final[Table] = CaseRow.metadata.tables["cases"]
KEYS: Final[Table] = CaseRow.metadata.tables["case_keys"]
PAIRS: Final[Table] = CaseRow.metadata.tables["same_children"]
_PAIR: Final = TypeAdapter(SameChild)
_NAMES: Final = tuple(SameChild.__dataclass_fields__)


class PostgresSameChildren:
    """The column `case_keys.child_mark` and the table `same_children`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def mark(self, case_id: UUID, mark: bytes | None) -> None:
        await self._unit.session.exec(
            update(CaseKeyRow).where(col(CaseKeyRow.case_id) == case_id).values(child_mark=mark)
        )

    async def find_new(self, limit: int) -> list[tuple[UUID, UUID]]:
        found = await self._unit.session.exec(_new_pairs().limit(limit))  # type: ignore[call-overload]  # plain columns
        return [(older, younger) for older, younger in found]

    async def add(self, pair: SameChild) -> bool:
        new = insert(SameChildRow).values(**_row(pair)).on_conflict_do_nothing(constraint="same_children_pair")
        added = await self._unit.session.exec(new)
        return bool(added.rowcount)

    async def get(self, pair_id: UUID) -> SameChild | None:
        pairs = await self._list(select(SameChildRow).where(SameChildRow.id == pair_id).with_for_update())
        return next(iter(pairs), None)

    async def save(self, pair: SameChild) -> None:
        await self._unit.session.merge(SameChildRow(**_row(pair)))

    async def list_of_case(self, case_id: UUID) -> list[SameChild]:
        return await self._list(_oldest().where(or_(SameChildRow.older == case_id, SameChildRow.younger == case_id)))

    async def list_joined(self) -> list[SameChild]:
        return await self._list(_oldest().where(SameChildRow.state == PairState.JOINED))

    async def list_alone(self) -> list[UUID]:
        of_one = or_(PAIRS.c.older == CASES.c.id, PAIRS.c.younger == CASES.c.id)
        joined = exists().where(of_one, PAIRS.c.state == PairState.JOINED)
        # As the index has it, which few cases are in.
        leaves = text(LEAVES_NEEDS)
        going = CASES.c.state.in_(sorted(OPEN)) & CASES.c.held_at.is_(None)
        alone = select_columns(CASES.c.id).where(leaves, going, ~joined).order_by(CASES.c.id)
        found = await self._unit.session.exec(alone)  # type: ignore[call-overload]  # as above
        return [case_id for (case_id,) in found]

    async def list_asked(self) -> list[SameChild]:
        return await self._list(_oldest().where(SameChildRow.state == PairState.ASKED))

    async def _list(self, query: SelectOfScalar[SameChildRow]) -> list[SameChild]:
        rows = await self._unit.session.exec(query.execution_options(populate_existing=True))
        return [_PAIR.validate_python({name: getattr(row, name) for name in _NAMES}) for row in rows]


def _oldest() -> SelectOfScalar[SameChildRow]:
    return select(SameChildRow).order_by(col(SameChildRow.found_at), col(SameChildRow.id))


def _row(pair: SameChild) -> dict[str, Any]:
    row: dict[str, Any] = _PAIR.dump_python(pair)
    return row | {
        "left_out_older": [str(one) for one in pair.left_out_older],
        "left_out_younger": [str(one) for one in pair.left_out_younger],
    }


def _new_pairs() -> Select[tuple[UUID, UUID]]:
    """Nobody of either family stands still for safety, and no address is secret: of those nobody is told anything."""
    older, younger, relative = CASES.alias("older"), CASES.alias("younger"), CASES.alias("relative")
    key, other_key = KEYS.alias("key"), KEYS.alias("other_key")
    same = (
        older.join(key, key.c.case_id == older.c.id)
        .join(other_key, other_key.c.child_mark == key.c.child_mark)
        .join(younger, younger.c.id == other_key.c.case_id)
    )
    in_order = tuple_(older.c.received_at, older.c.id) < tuple_(younger.c.received_at, younger.c.id)
    open_ones = [one.c.state.in_(sorted(OPEN)) for one in (older, younger)]
    known = exists().where(PAIRS.c.older == older.c.id, PAIRS.c.younger == younger.c.id)
    shut = exists().where(
        relative.c.household_id.in_([older.c.household_id, younger.c.household_id]),
        or_(relative.c.held_at.is_not(None), relative.c.district.is_(None)),
    )
    apart = older.c.household_id != younger.c.household_id
    found: Select[tuple[UUID, UUID]] = select_columns(older.c.id, younger.c.id).select_from(same)
    return found.where(in_order, apart, *open_ones, ~known, ~shut).order_by(
        younger.c.received_at, younger.c.id, older.c.id
    )
