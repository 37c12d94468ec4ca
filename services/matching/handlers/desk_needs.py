"""A need as the desk has it in hand: everything around it, and whether something may be done with it now."""

from dataclasses import dataclass
from uuid import UUID

from services.matching.domain.case import SOUGHT_BY_DESK, CaseFile, CaseNeed, CaseState, NeedState
from services.matching.domain.desk_errors import (
    CaseNotOpen,
    ChangedMeanwhile,
    ConsentOutgrown,
    NeedNotSought,
    NeedUnknown,
)
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ASKED
from services.matching.domain.search_history import ChoiceKind, DeskChoice, DeskReason
from services.matching.ports import MatchingUnit


@dataclass(frozen=True, slots=True)
class DeskAct:
    """What somebody of the desk does with a need; `seen` is how it stood on the page from which they did it."""

    need_id: UUID
    by: UUID
    seen: str


@dataclass(frozen=True, slots=True)
class NeedInHand:
    """A need with its case, the partners that were asked for it, and what the desk chose before."""

    case: CaseFile
    need: CaseNeed
    referrals: list[Referral]
    choices: list[DeskChoice]

    @property
    def active(self) -> Referral | None:
        """The partner that has the question, or helps, now."""
        return next((referral for referral in self.referrals if referral.is_active), None)

    @property
    def open_question(self) -> Referral | None:
        """The question that a partner still has to answer with yes or no."""
        active = self.active
        return active if active is not None and active.state in ASKED else None

    @property
    def version(self) -> str:
        """Changes with everything that anybody does with this need."""
        active = self.active
        parts = (self.case.state, self.need.state, len(self.referrals), len(self.choices), active and active.state)
        return ".".join(str(part) for part in parts if part is not None)

    @property
    def can_ask(self) -> bool:
        """Whether the desk may ask somebody now, perhaps in the place of who has the question."""
        sought = self.need.state in SOUGHT_BY_DESK or self.open_question is not None
        return self.case.may_ask and sought

    @property
    def can_wait(self) -> bool:
        """Whether the desk may wait, or say that there is no help: nobody has the question."""
        return self.case.may_ask and self.need.state in SOUGHT_BY_DESK

    def why_not(self) -> CaseNotOpen | ConsentOutgrown | NeedNotSought | None:
        """Why nobody can be asked now; None when somebody can."""
        if self.can_ask:
            return None
        if self.case.state is not CaseState.OPEN:
            return CaseNotOpen(self.case.state)
        return ConsentOutgrown() if self.case.consent_outgrown else NeedNotSought(self.need.state)


async def read_need(need_id: UUID, unit: MatchingUnit) -> NeedInHand:
    """As it is now, for a page. Raises NeedUnknown."""
    case_id = await unit.cases.find_by_need(need_id)
    return await _in_hand(need_id, await unit.cases.read(case_id) if case_id else None, unit)


async def lock_need(act: DeskAct, unit: MatchingUnit) -> NeedInHand:
    """The same with its case locked, so that one colleague at a time does something. Raises NeedUnknown."""
    case_id = await unit.cases.find_by_need(act.need_id)
    return await _in_hand(act.need_id, await unit.cases.get(case_id) if case_id else None, unit)


async def _in_hand(need_id: UUID, case: CaseFile | None, unit: MatchingUnit) -> NeedInHand:
    need = case.needs.get(need_id) if case else None
    if case is None or need is None or case.state is CaseState.ON_HOLD:
        raise NeedUnknown
    referrals = await unit.referrals.list_of_need(need_id)
    return NeedInHand(case, need, referrals, await unit.history.list_choices(need_id))


def choice_of(
    act: DeskAct,
    kind: ChoiceKind,
    hand: NeedInHand,
    unit: MatchingUnit,
    reason: DeskReason | None = None,
) -> DeskChoice:
    """What is chosen now, to be kept."""
    return DeskChoice(unit.ids.new(), hand.case.id, act.need_id, kind, act.by, unit.now, reason)


def is_done_already(choice: DeskChoice, act: DeskAct, hand: NeedInHand) -> bool:
    """Whether the same form came before. Raises ChangedMeanwhile when the page is not as it was."""
    if act.seen == hand.version:
        return False
    if hand.choices and choice.repeats(hand.choices[-1]):
        return True
    raise ChangedMeanwhile


def check_sought(hand: NeedInHand) -> None:
    """Somebody may be asked, perhaps in the place of who has the question. Raises CaseNotOpen, NeedNotSought."""
    if refusal := hand.why_not():
        raise refusal


def check_with_nobody(hand: NeedInHand) -> None:
    """Nobody has the question now. Raises CaseNotOpen, NeedNotSought."""
    check_sought(hand)
    if not hand.can_wait:
        raise NeedNotSought(NeedState.WITH_PARTNER)
