"""Closing a case: every need has a result, and a reason that says so is true."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from services.intake.domain.course_errors import NotAllMet, ResultMissing
from services.intake.domain.errors import UnknownNeed
from shared.events.base import Horizon, Need
from shared.events.case_codes import CloseReason, NeedResult
from shared.events.intake import ClosedNeed


def check_results(
    needs: Sequence[Need], results: Collection[ClosedNeed], reason: CloseReason
) -> tuple[ClosedNeed, ...]:
    """The results in the order of the needs. Raises ResultMissing, UnknownNeed or NotAllMet, each at its field."""
    told = {each.need_id: each.result for each in results}
    if unknown := next((need_id for need_id in told if need_id not in _ids(needs)), None):
        raise UnknownNeed(f"results.{unknown}", needs[0].need_id)
    missing = [need.need_id for need in needs if need.need_id not in told]
    if missing:
        raise ResultMissing(missing)
    if reason is CloseReason.ALL_NEEDS_MET and any(_is_open(need, told[need.need_id]) for need in needs):
        raise NotAllMet
    return tuple(ClosedNeed(need_id=need.need_id, result=told[need.need_id]) for need in needs)


def _is_open(need: Need, result: NeedResult) -> bool:
    """What was not met is open; what was met for a part is when it is for the long run."""
    return result is NeedResult.NOT_MET or (result is NeedResult.PARTLY and need.horizon is Horizon.LONG)


def _ids(needs: Iterable[Need]) -> set[UUID]:
    return {need.need_id for need in needs}
