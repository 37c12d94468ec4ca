"""Every step of a referral from every state: what it becomes, what it publishes, and what is refused and how."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from inspect import isfunction
from uuid import UUID

import pytest

from services.matching.domain.asked_referral import ANSWER_CAN_CHANGE_FOR, AskedReferral
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import SAID_YES, ReferralState
from shared.events.base import Event
from shared.events.matching import (
    AcceptanceReverted,
    DeclineReverted,
    HandoverConfirmed,
    HandoverPlanned,
    HelpDelivered,
    HelpFailed,
    HelpStarted,
    InformationAnswered,
    InformationRequested,
    OutcomeConfirmed,
    PartnerAccepted,
    PartnerDeclined,
    PartnerRedirected,
    PartnerWaitlisted,
    ReferralExpired,
    ReferralWithdrawn,
    WarmHandoverCompleted,
)
from shared.events.referral_codes import ColdReason, DeclineReason, FailureReason, Outcome, Party, WithdrawReason
from shared.events.referral_contacts import ContactReplaced
from shared.events.referral_terms import AnswerTermRenewed
from shared.kernel.errors import Refusal
from tests.parts.city import a_city
from tests.step_tables import NOTHING, REFUSED, Cell, StepTable
from tests.unit.matching.city import NOON, named

# What a partner answers. `accept` is the yes that was given, once more; the others differ from it in the contact or in
# the day. `revert_acceptance` takes a yes back in time, `revert_acceptance_late` after half an hour. The clock that
# runs out is that of the question, `expire_stale` one that ran before the question was opened again.
ANSWERS = StepTable("""
            accept   accept_another accept_other_day decline  revert_decline wait       wait_longer redirect
activated   accepted accepted       accepted         declined .              waitlisted waitlisted  redirected
on_hold     accepted accepted       accepted         declined .              waitlisted waitlisted  redirected
waitlisted  accepted accepted       accepted         declined .              .          +           redirected
accepted    .        no             no               no       no             no         no          no
handed_over no       no             no               no       no             no         no          no
in_progress no       no             no               no       no             no         no          no
delivered   no       no             no               no       no             no         no          no
confirmed   no       no             no               no       no             no         no          no
declined    no       no             no               .        activated      no         no          no
redirected  no       no             no               no       no             no         no          .
expired     no       no             no               no       no             no         no          no
withdrawn   no       no             no               no       no             no         no          no
failed      no       no             no               no       no             no         no          no
""")
CLOCKS = StepTable("""
            ask     answer    revert_acceptance revert_acceptance_late expire  expire_stale withdraw  replace_contact
activated   on_hold no        .                 .                      expired .            withdrawn +
on_hold     no      activated no                no                     .       .            withdrawn +
waitlisted  on_hold no        no                no                     .       .            withdrawn +
accepted    no      no        activated         no                     .       .            withdrawn +
handed_over no      no        no                no                     .       .            withdrawn +
in_progress no      no        no                no                     .       .            withdrawn +
delivered   no      no        no                no                     .       .            withdrawn +
confirmed   no      no        no                no                     .       .            .         no
declined    no      no        no                no                     .       .            .         no
redirected  no      no        no                no                     .       .            .         no
expired     no      no        no                no                     .       .            .         no
withdrawn   no      no        no                no                     .       .            .         no
failed      no      no        no                no                     .       .            .         no
""")
# After a case stood still: whoever had not answered has a whole term again.
TERMS = StepTable("""
            renew_term
activated   +
on_hold     .
waitlisted  .
accepted    .
handed_over .
in_progress .
delivered   .
confirmed   .
declined    .
redirected  .
expired     .
withdrawn   .
failed      .
""")
# How the help goes, and what the family says of it; `confirm` is the word that was given, `confirm_otherwise` another.
# The first `confirm_handover` leaves the state, the second completes it: that is a test of its own.
HELP = StepTable("""
            plan_handover confirm_handover hand_over_cold start       deliver   fail   confirm   confirm_otherwise
activated   no            no               no             no          no        no     no        no
on_hold     no            no               no             no          no        no     no        no
waitlisted  no            no               no             no          no        no     no        no
accepted    +             +                handed_over    no          no        failed no        no
handed_over no            .                .              in_progress delivered failed confirmed confirmed
in_progress no            .                .              .           delivered failed confirmed confirmed
delivered   no            .                .              .           .         failed confirmed confirmed
confirmed   no            no               no             no          no        no     .         no
declined    no            no               no             no          no        no     no        no
redirected  no            no               no             no          no        no     no        no
expired     no            no               no             no          no        no     no        no
withdrawn   no            no               no             no          no        no     no        no
failed      no            no               no             no          no        .      no        no
""")
TABLES = (ANSWERS, CLOCKS, TERMS, HELP)
FACTS: dict[str, type[Event]] = {
    "accept": PartnerAccepted,
    "decline": PartnerDeclined,
    "revert_decline": DeclineReverted,
    "wait": PartnerWaitlisted,
    "redirect": PartnerRedirected,
    "ask": InformationRequested,
    "answer": InformationAnswered,
    "revert_acceptance": AcceptanceReverted,
    "expire": ReferralExpired,
    "withdraw": ReferralWithdrawn,
    "replace_contact": ContactReplaced,
    "renew_term": AnswerTermRenewed,
    "plan_handover": HandoverPlanned,
    "confirm_handover": HandoverConfirmed,
    "hand_over_cold": WarmHandoverCompleted,
    "start": HelpStarted,
    "deliver": HelpDelivered,
    "fail": HelpFailed,
    "confirm": OutcomeConfirmed,
}
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
ANN, BOB, JUF = named("ann"), named("bob"), named("juf")
QUESTION, OTHERS, THEIR_SERVICE = named("question"), named("rijwielhulp"), named("service rijwielhulp")
NEXT_TIME = NOON + timedelta(days=2)


def referral_in(state: ReferralState) -> Referral:
    """Asked at noon; whoever said yes said it at noon as well, with Ann, for tomorrow."""
    said_yes = state not in {ReferralState.ACTIVATED, ReferralState.ON_HOLD, ReferralState.EXPIRED}
    return Referral(
        id=named("referral"), case_id=named("case"), need_id=named("need bike"), organisation_id=named("fietsbende"),
        service_id=named("service fietsbende"), contact_id=ANN, case_code="AC34-DEFG", ambassador_id=JUF,
        category="bike", attempt=1, activated_at=NOON, answer_by=NOON + timedelta(days=1), clock_since=NOON,
        state=state, answered_at=NOON if said_yes else None, first_contact_on=TOMORROW if said_yes else None,
        from_day=TOMORROW if state is ReferralState.WAITLISTED else None,
        outcome=Outcome.HELPED if state is ReferralState.CONFIRMED else None,
    )  # fmt: skip


def step_of(one: Referral, step: str) -> Callable[[], list[Event]]:
    return (answers_of(one) | help_of(one))[step]


def answers_of(one: Referral) -> dict[str, Callable[[], list[Event]]]:
    soon, late, city = NOON + timedelta(minutes=5), NOON + ANSWER_CAN_CHANGE_FOR, a_city()

    def accept(contact: UUID, on: date) -> list[Event]:
        return one.accept(contact, on, by=ANN, city=city, at=soon)

    def revert(at: datetime) -> list[Event]:
        return one.revert_acceptance(answer_by=NEXT_TIME, city=city, at=at)

    return {
        "accept": lambda: accept(ANN, TOMORROW),
        "accept_another": lambda: accept(BOB, TOMORROW),
        "accept_other_day": lambda: accept(ANN, TODAY),
        "decline": lambda: one.decline(DeclineReason.NO_CAPACITY, at=soon),
        "revert_decline": lambda: one.revert_decline(answer_by=NEXT_TIME, at=soon),
        "wait": lambda: one.wait(TOMORROW, city=city, at=soon),
        "wait_longer": lambda: one.wait(TOMORROW + timedelta(days=1), city=city, at=soon),
        "redirect": lambda: one.redirect(OTHERS, THEIR_SERVICE, at=soon),
        "ask": lambda: one.ask(QUESTION, at=soon),
        "answer": lambda: one.answer(QUESTION, answer_by=NEXT_TIME, at=soon),
        "revert_acceptance": lambda: revert(late - timedelta(milliseconds=1)),
        "revert_acceptance_late": lambda: revert(late),
        "expire": lambda: one.expire(due_at=one.answer_by, at=soon),
        "expire_stale": lambda: one.expire(due_at=one.clock_since, at=soon),
        "withdraw": lambda: one.withdraw(WithdrawReason.CASE_WITHDRAWN, at=soon),
        "replace_contact": lambda: one.replace_contact(BOB, by=JUF, at=soon),
        "renew_term": lambda: one.renew_term(NEXT_TIME, at=soon),
    }


def help_of(one: Referral) -> dict[str, Callable[[], list[Event]]]:
    soon, city = NOON + timedelta(minutes=5), a_city()
    return {
        "plan_handover": lambda: one.plan_handover(TOMORROW, None, by=JUF, city=city, at=soon),
        "confirm_handover": lambda: one.confirm_handover(Party.PARTNER, TODAY, by=ANN, city=city, at=soon),
        "hand_over_cold": lambda: one.hand_over_cold(ColdReason.ONLY_GOODS, TODAY, by=JUF, city=city, at=soon),
        "start": lambda: one.start(TODAY, by=JUF, city=city, at=soon),
        "deliver": lambda: one.deliver(TODAY, by=JUF, city=city, at=soon),
        "fail": lambda: one.fail(FailureReason.OTHER, by=JUF, at=soon),
        "confirm": lambda: one.confirm(Outcome.HELPED, None, by=JUF, open_needs=0, at=soon),
        "confirm_otherwise": lambda: one.confirm(Outcome.NOT_HELPED, None, by=JUF, open_needs=0, at=soon),
    }


def kind_of(step: str) -> str:
    """The method that takes it."""
    return max((name for name in FACTS if step.startswith(name)), key=len)


def test_tables_hold_every_state_and_every_step() -> None:
    members = vars(AskedReferral) | vars(Referral)
    methods = {name for name, member in members.items() if isfunction(member) and not name.startswith("_")}
    methods -= {"activated", "can_revert", "bring_forward"}
    # A stop is a withdrawal and what follows it in every state: `test_stopped_partners`.
    methods -= {"stop", "confirm_deletion"}
    assert methods == FACTS.keys()
    assert {kind_of(cell.step) for table in TABLES for cell in table.cells} == FACTS.keys()
    for table in TABLES:
        assert table.is_whole(ReferralState, table.steps)


@pytest.mark.parametrize("cell", [cell for table in TABLES for cell in table.cells], ids=str)
def test_referral_takes_the_steps_of_its_state_and_no_other(cell: Cell) -> None:
    one = referral_in(ReferralState(cell.state))
    before, take = replace(one), step_of(one, cell.step)
    if cell.expected == REFUSED:
        with pytest.raises(Refusal):
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
    for fact in referral_in(state).withdraw(WithdrawReason.NEED_GONE, at=NOON):
        assert isinstance(fact, ReferralWithdrawn)
        assert fact.was_helping == (state in SAID_YES)
