"""How partners were sought, on PostgreSQL: the tables `rankings` and `desk_choices`."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from services.matching.domain.rules import without_district
from services.matching.domain.search_history import ChoiceKind, Considered, DeskChoice, KeptRanking
from services.matching.store.tables import CHOICES, RANKINGS
from shared.events.desk_codes import ChoiceReason, PostponeReason, UnavailableReason
from shared.messaging.postgres_unit import UnitContext
from shared.storage.statements import Statement

# Hot: once for each partner that is asked. The case is locked, so nobody else counts at this moment.
_ADD_RANKING = Statement(
    """
    INSERT INTO rankings (id, case_id, need_id, number, made_at, lines, more_candidates, more_passed)
    SELECT :id, :case_id, :need_id, coalesce(max(number), 0) + 1, :made_at, CAST(:lines AS jsonb),
           CAST(:more_candidates AS int), CAST(:more_passed AS int)
    FROM rankings WHERE need_id = :need_id
    """
)


class PostgresSearchHistory:
    """Rankings and choices, as long as their case."""

    def __init__(self, context: UnitContext) -> None:
        self._connection, self._now, self._ids = context.connection, context.now, context.ids

    async def add_ranking(
        self, case_id: UUID, need_id: UUID, lines: Sequence[Considered], more: tuple[int, int] = (0, 0)
    ) -> None:
        values = {
            "id": self._ids.new(),
            "case_id": case_id,
            "need_id": need_id,
            "made_at": self._now,
            "lines": json.dumps([_line_values(line) for line in lines]),
            "more_candidates": more[0],
            "more_passed": more[1],
        }
        await _ADD_RANKING.rows(self._connection, values)

    async def list_rankings(self, need_id: UUID) -> list[KeptRanking]:
        of_need = select(RANKINGS).where(RANKINGS.c.need_id == need_id).order_by(RANKINGS.c.number.desc())
        rows = await self._connection.execute(of_need)
        return [
            KeptRanking(row.number, row.made_at, tuple(map(_line_of, row.lines)), row.more_candidates, row.more_passed)
            for row in rows
        ]

    async def add_choice(self, choice: DeskChoice) -> None:
        await self._connection.execute(insert(CHOICES).values(_choice_values(choice)))

    async def list_choices(self, need_id: UUID) -> list[DeskChoice]:
        of_need = select(CHOICES).where(CHOICES.c.need_id == need_id).order_by(CHOICES.c.id)
        return [_choice_of(row) for row in await self._connection.execute(of_need)]

    async def forget_district(self, case_id: UUID) -> None:
        made = await self._connection.execute(
            select(RANKINGS.c.id, RANKINGS.c.lines).where(RANKINGS.c.case_id == case_id)
        )
        for id_, lines in made.all():
            left = [{**line, "reasons": list(without_district(line["reasons"]))} for line in lines]
            await self._connection.execute(update(RANKINGS).where(RANKINGS.c.id == id_).values(lines=left))

    async def forget_case(self, case_id: UUID) -> None:
        for table in (RANKINGS, CHOICES):
            await self._connection.execute(delete(table).where(table.c.case_id == case_id))


def _line_values(line: Considered) -> dict[str, Any]:
    return {
        "position": line.position,
        "service_id": str(line.service_id),
        "organisation_id": str(line.organisation_id),
        "score": line.score,
        "reasons": list(line.reasons),
    }


def _line_of(line: dict[str, Any]) -> Considered:
    return Considered(
        position=line["position"],
        service_id=UUID(line["service_id"]),
        organisation_id=UUID(line["organisation_id"]),
        score=line["score"],
        reasons=tuple(line["reasons"]),
    )


def _choice_values(choice: DeskChoice) -> dict[str, Any]:
    return {
        "id": choice.id,
        "case_id": choice.case_id,
        "need_id": choice.need_id,
        "kind": choice.kind,
        "chosen_by": choice.chosen_by,
        "chosen_at": choice.chosen_at,
        "reason": choice.reason,
        "service_id": choice.service_id,
        "until": choice.until,
        "against": list(choice.against),
    }


# Why somebody else is asked, where it is none of these.
REASONS: Final[Mapping[ChoiceKind, type[PostponeReason | UnavailableReason]]] = {
    ChoiceKind.WAIT: PostponeReason,
    ChoiceKind.NO_HELP: UnavailableReason,
}


def _choice_of(row: Row[Any]) -> DeskChoice:
    kind = ChoiceKind(row.kind)
    reasons = REASONS.get(kind, ChoiceReason)
    return DeskChoice(
        id=row.id,
        case_id=row.case_id,
        need_id=row.need_id,
        kind=kind,
        chosen_by=row.chosen_by,
        chosen_at=row.chosen_at,
        reason=reasons(row.reason) if row.reason else None,
        service_id=row.service_id,
        until=row.until,
        against=tuple(row.against),
    )
