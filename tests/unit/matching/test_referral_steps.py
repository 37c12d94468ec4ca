"""Every step of a referral from every state: what it becomes, what it publishes, and what is refused and how."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from inspect import isfunction
from uuid import UUID

import pytest

from services.matching.domain.errors import AnswerIsFinal, ReferralNotOpen, StepNotPossible
from services.matching.domain.referral import ANSWER_CAN_CHANGE_FOR, Referral, ReferralState
from shared.events.base import Event
from shared.events.matching import (
    AcceptanceReverted,
    DeclineReason,
    FailureReason,
    HandoverKind,
    HelpDelivered,
    HelpFailed,
    HelpStarted,
    Outcome,
    OutcomeConfirmed,
    PartnerAccepted,
    PartnerDeclined,
    ReferralExpired,
    ReferralWithdrawn,
    WarmHandoverCompleted,
    WithdrawReason,
)
from shared.kernel.errors import Refusal
from tests.parts.city import a_city
from tests.step_tables import NOTHING, REFUSED, Cell, StepTable
from tests.unit.matching.city import NOON, named

# What a partner answers. `accept` is the yes that was given, once more; the others differ from it in the contact or in
# the day. `revert` takes a yes back in time, `revert_late` after half an hour.
ANSWERS = StepTable("""
            accept   accept_with_other_contact accept_on_other_day decline  revert    revert_late expire  withdraw
activated   accepted accepted                  accepted            declined .         .           expired withdrawn
accepted    .        no                        no                  no       activated no          .       withdrawn
handed_over no       no                        no                  no       no        no          .       withdrawn
in_progress no       no                        no                  no       no        no          .       withdrawn
delivered   no       no                        no                  no       no        no          .       withdrawn
confirmed   no       no                        no                  no       no        no          .       .
declined    no       no                        no                  .        no        no          .       .
expired     no       no                        no                  no       no        no          .       .
withdrawn   no       no                        no                  no       no        no          .       .
failed      no       no                        no                  no       no        no          .       .
""")
# How the help goes, and what the family says of it; `confirm` is the word that was given, `confirm_otherwise` another.
HELP = StepTable("""
            hand_over   start       deliver   fail   confirm   confirm_otherwise
activated   no          no          no        no     no        no
accepted    handed_over in_progress delivered failed no        no
handed_over .           in_progress delivered failed confirmed confirmed
in_progress .           .           delivered failed confirmed confirmed
delivered   .           .           .         failed confirmed confirmed
confirmed   no          no          no        no     .         no
declined    no          no          no        no     no        no
expired     no          no          no        no     no        no
withdrawn   no          no          no        no     no        no
failed      no          no          no        .      no        no
""")
FACTS: dict[str, type[Event]] = {
    "accept": PartnerAccepted,
    "decline": PartnerDeclined,
    "revert": AcceptanceReverted,
    "expire": ReferralExpired,
    "withdraw": ReferralWithdrawn,
    "hand_over": WarmHandoverCompleted,
    "start": HelpStarted,
    "deliver": HelpDelivered,
    "fail": HelpFailed,
    "confirm": OutcomeConfirmed,
}
REFUSALS: dict[str, type[Refusal]] = {
    "accept": ReferralNotOpen,
    "decline": ReferralNotOpen,
    "revert": AnswerIsFinal,
    **dict.fromkeys(("hand_over", "start", "deliver", "fail", "confirm"), StepNotPossible),
}
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
ANN, BOB, JUF = named("ann"), named("bob"), named("juf")


def referral_in(state: ReferralState) -> Referral:
    """Asked at noon; whoever said yes said it at noon as well, with Ann, for tomorrow."""
    said_yes = state not in {ReferralState.ACTIVATED, ReferralState.EXPIRED}
    return Referral(
        id=named("referral"), case_id=named("case"), need_id=named("need bike"), organisation_id=named("fietsbende"),
        service_id=named("service fietsbende"), contact_id=ANN, case_code="AC34-DEFG", ambassador_id=JUF,
        category="bike", attempt=1, activated_at=NOON, state=state, answered_at=NOON if said_yes else None,
        first_contact_on=TOMORROW if said_yes else None,
        outcome=Outcome.HELPED if state is ReferralState.CONFIRMED else None,
    )  # fmt: skip


def step_of(one: Referral, step: str) -> Callable[[], list[Event]]:
    soon, late = NOON + timedelta(minutes=5), NOON + ANSWER_CAN_CHANGE_FOR

    def accept(contact: UUID, on: date) -> list[Event]:
        return one.accept(contact, on, city=a_city(), at=soon)

    return {
        "accept": lambda: accept(ANN, TOMORROW),
        "accept_with_other_contact": lambda: accept(BOB, TOMORROW),
        "accept_on_other_day": lambda: accept(ANN, TODAY),
        "decline": lambda: one.decline(DeclineReason.NO_CAPACITY, at=soon),
        "revert": lambda: one.revert_acceptance(city=a_city(), at=late - timedelta(milliseconds=1)),
        "revert_late": lambda: one.revert_acceptance(city=a_city(), at=late),
        "expire": lambda: one.expire(at=soon),
        "withdraw": lambda: one.withdraw(WithdrawReason.CASE_WITHDRAWN, at=soon),
        "hand_over": lambda: one.hand_over(HandoverKind.WARM, TODAY, by=JUF, city=a_city(), at=soon),
        "start": lambda: one.start(TODAY, by=JUF, city=a_city(), at=soon),
        "deliver": lambda: one.deliver(TODAY, by=JUF, city=a_city(), at=soon),
        "fail": lambda: one.fail(FailureReason.OTHER, by=JUF, at=soon),
        "confirm": lambda: one.confirm(Outcome.HELPED, by=JUF, open_needs=0, at=soon),
        "confirm_otherwise": lambda: one.confirm(Outcome.PARTLY, by=JUF, open_needs=0, at=soon),
    }[step]


def kind_of(step: str) -> str:
    """The method that takes it."""
    return next(name for name in FACTS if step.startswith(name))


def test_tables_hold_every_state_and_every_step() -> None:
    methods = {name for name, member in vars(Referral).items() if isfunction(member) and not name.startswith("_")}
    methods -= {"activated", "can_revert"}
    assert {name.removesuffix("_acceptance") for name in methods} == FACTS.keys()
    assert {kind_of(step) for step in (*ANSWERS.steps, *HELP.steps)} == FACTS.keys()
    for table in (ANSWERS, HELP):
        assert table.is_whole(ReferralState, table.steps)


@pytest.mark.parametrize("cell", [*ANSWERS.cells, *HELP.cells], ids=str)
def test_referral_takes_the_steps_of_its_state_and_no_other(cell: Cell) -> None:
    one = referral_in(ReferralState(cell.state))
    before, take = replace(one), step_of(one, cell.step)
    if cell.expected == REFUSED:
        with pytest.raises(REFUSALS[kind_of(cell.step)]):
            take()
        assert one == before
        return
    facts = take()

    assert one.state is ReferralState(cell.after)
    if cell.expected == NOTHING:
        assert (facts, one) == ([], before)
    else:
        (fact,) = facts
        assert type(fact) is FACTS[kind_of(cell.step)]
        assert (fact.subject, getattr(fact, "referral_id", None)) == (one.case_id, one.id)


@pytest.mark.parametrize("state", list(ReferralState))
def test_partner_that_said_yes_hears_that_it_is_withdrawn_and_no_other(state: ReferralState) -> None:
    said_yes = {
        ReferralState.ACCEPTED, ReferralState.HANDED_OVER, ReferralState.IN_PROGRESS, ReferralState.DELIVERED,
    }  # fmt: skip
    for fact in referral_in(state).withdraw(WithdrawReason.NEED_GONE, at=NOON):
        assert isinstance(fact, ReferralWithdrawn)
        assert fact.contact_id == (ANN if state in said_yes else None)


def test_yes_that_was_taken_back_may_be_given_again_otherwise() -> None:
    one = referral_in(ReferralState.ACTIVATED)
    for step in ("accept", "revert", "accept_with_other_contact"):
        step_of(one, step)()
    assert (one.state, one.contact_id, one.first_contact_on) == (ReferralState.ACCEPTED, BOB, TOMORROW)
