"""What people try that they may not: an answer by an old link, a step too many, a step too early."""

from collections.abc import Callable
from functools import partial
from typing import Any

from services.matching import commands as ask
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers import family_wish, handover, partner_answers, progress, questions
from shared.events.referral_codes import ColdReason, DeclineReason, FailureReason, Outcome, Party, RestOfNeed
from tests.simulation.doing import Doing, Work

State = ReferralState
ASKED = frozenset({State.ACTIVATED, State.ON_HOLD, State.WAITLISTED})
MET = frozenset({State.HANDED_OVER, State.IN_PROGRESS, State.DELIVERED})
# From which states each step may change something; from all others it is refused, or changes nothing.
ALLOWED: dict[str, frozenset[ReferralState]] = {
    "accept": ASKED,
    "decline": ASKED,
    "wait": ASKED,
    "ask": ASKED,
    "answer": frozenset({State.ON_HOLD}),
    "prefer another": frozenset({State.WAITLISTED}),
    "revert": frozenset({State.ACCEPTED}),
    "take the no back": frozenset({State.DECLINED}),
    "plan": frozenset({State.ACCEPTED}),
    "meet": frozenset({State.ACCEPTED}),
    "begin cold": frozenset({State.ACCEPTED}),
    "start": frozenset({State.HANDED_OVER}),
    "deliver": frozenset({State.HANDED_OVER, State.IN_PROGRESS}),
    "fail": MET | {State.ACCEPTED},
    "confirm": MET,
    "search further": frozenset({State.FAILED}),
    "stop the search": frozenset({State.FAILED}),
}


class Mischief(Doing):
    """People with an old mail, or a page that stood open for long."""

    async def try_what_is_not_allowed(self) -> None:
        """Any step of a referral that stands elsewhere."""
        referrals = list(self.world.matching.truth.tables.table("referrals").values())
        if referrals:
            one = self.random.choice(referrals)
            step = self.random.choice([name for name, states in ALLOWED.items() if one.state not in states])
            await self.in_vain(self.world.matching, f"tries to {step} what is {one.state}", self._work(step, one))

    def _work(self, step: str, one: Any) -> Work:
        today, by, answers = self.world.today, one.contact_id, partner_answers
        words = ask.WriteWords(one.id, "?", by)
        outcome = self.random.choice(list(Outcome))
        confirm = ask.ConfirmOutcome(
            one.id, outcome, by, RestOfNeed.LOOK_FURTHER if outcome is Outcome.PARTLY else None
        )
        steps: dict[str, Callable[[Any], Any]] = {
            "accept": partial(answers.accept_referral, ask.AcceptReferral(one.id, by, today, by)),
            "decline": partial(answers.decline_referral, ask.DeclineReferral(one.id, DeclineReason.OTHER)),
            "wait": lambda unit: answers.wait_for_partner(one.id, today, unit),
            "ask": partial(questions.ask_first, words),
            "answer": partial(questions.answer_question, words),
            "prefer another": partial(family_wish.prefer_another, one.id),
            "revert": partial(answers.revert_acceptance, one.id),
            "take the no back": partial(answers.revert_decline, one.id),
            "plan": partial(handover.plan_handover, ask.PlanHandover(one.id, today, None, by)),
            "meet": partial(handover.confirm_handover, ask.ConfirmHandover(one.id, Party.PARTNER, None, by)),
            "begin cold": partial(handover.hand_over_cold, ask.HandOverCold(one.id, ColdReason.ONLY_GOODS, None, by)),
            "start": partial(progress.start_help, ask.StartHelp(one.id, None, by)),
            "deliver": partial(progress.deliver_help, ask.DeliverHelp(one.id, None, by)),
            "fail": partial(progress.fail_help, ask.FailHelp(one.id, FailureReason.OTHER, by)),
            "confirm": partial(progress.confirm_outcome, confirm),
            "search further": partial(family_wish.search_further, one.id),
            "stop the search": partial(family_wish.stop_search, one.id, by),
        }
        return steps[step]
