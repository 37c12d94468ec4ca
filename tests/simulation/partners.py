"""What partners and ambassadors do about a referral: they answer, meet, help, and tell how it went."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.matching import commands as ask
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers import family_wish, handover, partner_answers, progress, questions
from shared.events.referral_codes import ColdReason, DeclineReason, FailureReason, Outcome, Party, RestOfNeed
from tests.simulation.doing import Doing, Work

State = ReferralState
# The further on, the later in this list.
UNDER_WAY = (State.ACCEPTED, State.HANDED_OVER, State.IN_PROGRESS, State.DELIVERED)
WORDS = "Welke maat heeft het kind?"


class Partners(Doing):
    """Everybody who has a link to a referral."""

    def speaks_for(self, case_id: UUID) -> UUID:
        """The family's ambassador now."""
        found: UUID = self.world.intake.truth.tables.table("cases")[case_id].opening.ambassador_id
        return found

    def referrals(self, *states: ReferralState) -> list[Any]:
        rows = self.world.matching.truth.tables.table("referrals").values()
        return [one for one in rows if one.state in states]

    async def answer_partner_mail(self) -> None:
        """A partner says yes, no, later, not us but they, or asks something first; others stay silent."""
        open_ = self.referrals(State.ACTIVATED, State.WAITLISTED)
        if open_:
            one = self.random.choice(open_)
            answers: list[Callable[[Any], tuple[str, Work]]] = [
                self._yes, self._yes, self._yes, self._no, self._no, self._later, self._not_us, self._question_first,
            ]  # fmt: skip
            said, work = self.random.choice(answers)(one)
            await self.do(self.world.matching, said, one.case_id, work, again=said != "asks something first")

    def _yes(self, one: Any) -> tuple[str, Work]:
        day = self.world.today + timedelta(days=self.random.choice([0, 1, 12]))
        return "accepts", partial(
            partner_answers.accept_referral, ask.AcceptReferral(one.id, one.contact_id, day, one.contact_id)
        )

    def _no(self, one: Any) -> tuple[str, Work]:
        full = self.random.choice([None, None, self.world.today + timedelta(days=10)])
        no = ask.DeclineReferral(one.id, self.random.choice(list(DeclineReason)), full_until=full)
        return "declines", partial(partner_answers.decline_referral, no)

    def _later(self, one: Any) -> tuple[str, Work]:
        day = self.world.today + timedelta(days=self.random.choice([3, 20]))
        return "helps later", lambda unit: partner_answers.wait_for_partner(one.id, day, unit)

    def _not_us(self, one: Any) -> tuple[str, Work]:
        services = self.world.matching.truth.tables.table("services").values()
        other = self.random.choice([each for each in services if each.organisation_id != one.organisation_id])
        return "names another", lambda unit: partner_answers.redirect_referral(one.id, other.id, unit)

    def _question_first(self, one: Any) -> tuple[str, Work]:
        asked = ask.WriteWords(one.id, WORDS, one.contact_id)
        return "asks something first", partial(questions.ask_first, asked)

    async def answer_question(self) -> None:
        """The ambassador answers what a partner asked first, or the family prefers another than who helps later."""
        for one in self.referrals(State.ON_HOLD)[:1]:
            words = ask.WriteWords(one.id, "128", self.speaks_for(one.case_id))
            work = partial(questions.answer_question, words)
            await self.do(self.world.matching, "answers the question", one.case_id, work, again=False)
        waitlisted = self.referrals(State.WAITLISTED)
        if waitlisted and self.random.random() < 0.3:
            one = self.random.choice(waitlisted)
            await self.do(
                self.world.matching, "prefers another", one.case_id, partial(family_wish.prefer_another, one.id)
            )

    async def take_back(self) -> None:
        """A partner thinks better of its answer."""
        answered = self.referrals(State.ACCEPTED, State.DECLINED)
        if answered:
            one = self.random.choice(answered)
            revert = (
                partner_answers.revert_acceptance if one.state is State.ACCEPTED else partner_answers.revert_decline
            )
            await self.do(self.world.matching, f"takes back {one.state}", one.case_id, partial(revert, one.id))

    async def report_help(self) -> None:
        """Whoever helps or asks the family tells how far it is."""
        running = self.referrals(*UNDER_WAY)
        if running:
            # Often the one that is furthest, so that many a story comes to the family's word and goes on after it.
            furthest = max(running, key=lambda one: UNDER_WAY.index(one.state))
            one = self.random.choice([furthest, self.random.choice(running)])
            said, work = self._next_step(one)
            await self.do(self.world.matching, said, one.case_id, work)

    def _next_step(self, one: Any) -> tuple[str, Work]:
        by = self.speaks_for(one.case_id)
        if one.state is not State.DELIVERED and self.random.random() < 0.15:
            fail = ask.FailHelp(
                one.id, self.random.choice(list(FailureReason)), self.random.choice([by, one.contact_id])
            )
            return "help stops", partial(progress.fail_help, fail)
        if one.state is State.ACCEPTED:
            return self._meet(one)
        if one.state is State.HANDED_OVER:
            return "help starts", partial(progress.start_help, ask.StartHelp(one.id, None, one.contact_id))
        if one.state is State.IN_PROGRESS:
            return "help is given", partial(progress.deliver_help, ask.DeliverHelp(one.id, None, one.contact_id))
        outcome, rest = self.random.choice(list(Outcome)), self.random.choice(list(RestOfNeed))
        word = ask.ConfirmOutcome(one.id, outcome, by, rest if outcome is Outcome.PARTLY else None)
        return f"the family says {outcome}", partial(progress.confirm_outcome, word)

    def _meet(self, one: Any) -> tuple[str, Work]:
        """Planned, said by one side, said by both; now and then without meeting."""
        by, chance = self.speaks_for(one.case_id), self.random.random()
        if chance < 0.2:
            reason = self.random.choice(list(ColdReason))
            return "begins cold", partial(handover.hand_over_cold, ask.HandOverCold(one.id, reason, None, by))
        if chance < 0.4:
            day = self.world.today + timedelta(days=self.random.choice([1, 6]))
            return "plans to meet", partial(handover.plan_handover, ask.PlanHandover(one.id, day, None, by))
        other = {Party.AMBASSADOR: Party.PARTNER, Party.PARTNER: Party.AMBASSADOR}.get(one.met_said_by)
        party = other or self.random.choice(list(Party))
        return f"{party} says that they met", partial(
            handover.confirm_handover, ask.ConfirmHandover(one.id, party, None, by)
        )

    async def say_what_the_family_wants(self) -> None:
        """Help stopped: the ambassador says whether the family wants another partner."""
        failed = self.referrals(State.FAILED)
        if failed:
            one = self.random.choice(failed)
            work: Work = partial(family_wish.search_further, one.id)
            if self.random.random() < 0.3:
                work = partial(family_wish.stop_search, one.id, self.speaks_for(one.case_id))
            await self.do(self.world.matching, "says what the family wants", one.case_id, work)
