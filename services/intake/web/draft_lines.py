"""What somebody did not send yet, as lines of the list of requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.case_state import CaseState
from services.intake.domain.draft import Draft, DraftKind
from services.intake.ports import IntakeUnit
from services.intake.web import asking


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft: what it is called, where it goes on, and where it is thrown away."""

    title: str
    path: str
    away: str
    saved_at: datetime


async def draft_lines(drafts: Sequence[Draft], unit: IntakeUnit) -> list[DraftLine]:
    """In the order of `drafts`; an inventory of a case that is gone is left out."""
    lines = [await _line(draft, unit) for draft in drafts]
    return [line for line in lines if line]


async def _line(draft: Draft, unit: IntakeUnit) -> DraftLine | None:
    away = f"{asking.PATH}/{draft.id}/weg"
    if draft.kind is DraftKind.REQUEST:
        name = str(draft.typed.get("child.firstName") or "een kind")
        missing = asking.unfinished(asking.check(draft.typed, unit.city, unit.city.day_of(unit.now)))
        slug = (missing[0] if missing else asking.REVIEW).slug
        return DraftLine(f"Aanvraag voor {name}", f"{asking.PATH}/{draft.id}/{slug}", away, draft.saved_at)
    case = await unit.cases.read(draft.case_id) if draft.case_id else None
    if case is None or case.state is CaseState.ERASING:
        return None
    return DraftLine(f"Gesprek met het gezin {case.code}", f"/aanvragen/{case.id}/inventarisatie", away, draft.saved_at)
