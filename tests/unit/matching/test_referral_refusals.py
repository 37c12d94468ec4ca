"""What stands in the way of a step is said by name, and how two sides make a handover warm."""

from datetime import date, timedelta

import pytest

from services.matching.domain.errors import AlreadySaidYes, AnswerIsFinal, MeetFirst, ReferralNotOpen, StepNotPossible
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from shared.events.base import Event
from shared.events.matching import HandoverConfirmed, WarmHandoverCompleted
from shared.events.referral_codes import ColdReason, HandoverKind, Party
from shared.kernel.errors import Refusal
from tests.parts.city import a_city
from tests.unit.matching.city import NOON
from tests.unit.matching.test_referral_steps import BOB, JUF, TODAY, TOMORROW, referral_in, step_of


@pytest.mark.parametrize(
    ("state", "step", "refusal"),
    [
        (ReferralState.ACCEPTED, "start", MeetFirst),
        (ReferralState.ACCEPTED, "deliver", MeetFirst),
        (ReferralState.ACCEPTED, "accept_another", AlreadySaidYes),
        (ReferralState.HANDED_OVER, "accept", AlreadySaidYes),
        (ReferralState.ACCEPTED, "decline", ReferralNotOpen),
        (ReferralState.WITHDRAWN, "accept", ReferralNotOpen),
        (ReferralState.ACCEPTED, "revert_acceptance_late", AnswerIsFinal),
        (ReferralState.ACTIVATED, "start", StepNotPossible),
    ],
)
def test_refusal_says_what_stands_in_the_way(state: ReferralState, step: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        step_of(referral_in(state), step)()


def test_yes_that_was_taken_back_may_be_given_again_otherwise() -> None:
    one = referral_in(ReferralState.ACTIVATED)
    for step in ("accept", "revert_acceptance", "accept_another"):
        step_of(one, step)()
    assert (one.state, one.contact_id, one.first_contact_on) == (ReferralState.ACCEPTED, BOB, TOMORROW)


def confirm(one: Referral, *said: tuple[Party, date]) -> list[Event]:
    """What these words bring, said by one after the other."""
    soon = NOON + timedelta(days=1)
    return [fact for party, on in said for fact in one.confirm_handover(party, on, by=JUF, city=a_city(), at=soon)]


def test_one_side_alone_does_not_complete_a_handover_however_often_it_says_so() -> None:
    one = referral_in(ReferralState.ACCEPTED)

    facts = confirm(one, (Party.PARTNER, TODAY), (Party.PARTNER, TODAY), (Party.PARTNER, TOMORROW))

    assert [type(fact) for fact in facts] == [HandoverConfirmed, HandoverConfirmed]
    assert (one.state, one.met_said_by, one.met_on) == (ReferralState.ACCEPTED, Party.PARTNER, TOMORROW)


@pytest.mark.parametrize("sides", [(Party.PARTNER, Party.AMBASSADOR), (Party.AMBASSADOR, Party.PARTNER)])
def test_second_side_makes_it_warm(sides: tuple[Party, Party]) -> None:
    one = referral_in(ReferralState.ACCEPTED)

    facts = confirm(one, *((side, TODAY) for side in sides))

    assert [type(fact) for fact in facts] == [HandoverConfirmed, HandoverConfirmed, WarmHandoverCompleted]
    assert isinstance(facts[-1], WarmHandoverCompleted)
    assert (facts[-1].kind, facts[-1].cold_reason) == (HandoverKind.WARM, None)
    assert (one.state, one.handover_kind, one.handed_over_on) == (ReferralState.HANDED_OVER, HandoverKind.WARM, TODAY)


def test_cold_handover_keeps_its_reason() -> None:
    one = referral_in(ReferralState.ACCEPTED)
    [fact] = step_of(one, "hand_over_cold")()
    assert isinstance(fact, WarmHandoverCompleted)
    assert (fact.kind, fact.cold_reason) == (HandoverKind.COLD, ColdReason.ONLY_GOODS)
    assert (one.handover_kind, one.cold_reason) == (HandoverKind.COLD, ColdReason.ONLY_GOODS)
