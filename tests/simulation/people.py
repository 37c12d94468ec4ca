"""Everybody who does something: schools, partners, ambassadors and a coordinator, each as chance has it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.intake.commands import CompleteInventory
from services.intake.domain.progress import Progress
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import close_case, raise_new_question, reopen_case
from services.intake.handlers.inventory import complete_inventory
from services.matching import commands as ask
from services.matching.domain.referral import ReferralState
from services.matching.handlers import partner_answers, progress
from services.matching.handlers.network import identity, import_map
from services.monitoring.commands import AnswerFollowUp, ResolveEscalation
from services.monitoring.domain.escalation import Resolution
from services.monitoring.domain.follow_up import ANSWERABLE
from services.monitoring.handlers.escalations import resolve_escalation
from services.monitoring.handlers.follow_ups import answer_follow_up
from shared.events.base import Role, Urgency
from shared.events.intake import CloseReason
from shared.events.matching import DeclineReason, FailureReason, Outcome
from shared.events.monitoring import FollowUpAnswer
from shared.kernel.errors import Refusal
from tests.simulation.city import CATEGORIES, PARTNERS, a_city, a_need, a_request
from tests.simulation.faults import Crashed
from tests.simulation.world import Node, World
from tests.unit.intake.builders import closing, submit_request

CHILDREN = 3
State = ReferralState
HELPING = (State.ACCEPTED, State.HANDED_OVER, State.IN_PROGRESS, State.DELIVERED)


class People:
    """Invented people; `cases` are the requests that were answered with 201."""

    def __init__(self, world: World) -> None:
        self.world, self.random = world, world.random
        self.cases: list[UUID] = []
        self.partners: list[UUID] = []
        self.ambassador = self.coordinator = Viewer(UUID(int=1), Role.AMBASSADOR, UUID(int=2))

    async def move_in(self) -> None:
        """A school, a coordinator, and partners for most needs: for debt there is nobody."""
        async with self.world.matching.truth.begin() as unit:
            await import_map(a_city(), unit)
        people = {person.role: person for person in self.world.matching.truth.tables.table("people").values()}
        self.partners = [identity("organisation", f"o{number}") for number in range(PARTNERS)]
        self.ambassador = _viewer(people[Role.AMBASSADOR])
        self.coordinator = _viewer(people[Role.COORDINATOR])
        await self.world.settle()

    async def act(self) -> None:
        """A few people do something, each at a moment of its own: two terms that begin together would end as one."""
        doings: list[Callable[[], Awaitable[None]]] = [
            self.ask_for_help, self.assess, self.answer_partner_mail, self.answer_partner_mail, self.report_help,
            self.report_help, self.report_help, self.answer_follow_up, self.coordinate, self.close, self.go_on,
        ]  # fmt: skip
        for doing in self.random.choices(doings, k=3):
            self.world.forward(timedelta(milliseconds=self.random.randint(1, 200_000)))
            await doing()

    async def _do(self, node: Node, what: str, work: Callable[[Any], Awaitable[Any]]) -> Any:
        """One request to one service. None: refused, or the connection broke and nobody knows."""
        try:
            async with node.units.begin() as unit:
                result = await work(unit)
        except Refusal as refusal:
            self.world.note(f"{what}: {refusal.code}")
        except Crashed:
            self.world.note(f"{what}: crash")
        else:
            self.world.note(what)
            return result
        return None

    async def ask_for_help(self) -> None:
        """The school asks for a child; for a few only, so that each of them has a long story."""
        if len(self.cases) >= CHILDREN:
            return
        needs = self.random.sample(CATEGORIES, self.random.randint(1, 2))
        command = a_request(self.ambassador, tuple(a_need(one, self.random.choice(list(Urgency))) for one in needs))
        case = await self._do(self.world.intake, f"asks for {needs}", lambda unit: submit_request(command, unit))
        if case is not None:
            self.cases.append(case.id)

    async def assess(self) -> None:
        """The ambassador and the family make the inventory."""
        if self.cases:
            await self._assess(self.random.choice(self.cases))

    async def _assess(self, case_id: UUID) -> None:
        known = self.world.intake.truth.tables.table("cases")[case_id].needs
        confirmed = self._confirmed()
        open_ = [one for one in known if one.need_id not in confirmed]
        first = (open_[0].need_id,) if open_ and self.random.random() < 0.5 else ()
        needs = tuple(
            a_need(self._kind(one), one.urgency, one.need_id, () if one is open_[0] else first) for one in open_
        )
        unwanted = self.random.sample(self.partners, int(self.random.random() < 0.15))
        again = tuple(one.need_id for one in known if one.need_id in confirmed)[:1]
        command = CompleteInventory(
            case_id=case_id,
            needs=needs,
            discussed_on=self.world.today,
            excluded_organisations=tuple(unwanted),
            again=again,
        )
        case = await self._do(
            self.world.intake, "assesses", lambda unit: complete_inventory(command, unit, self.ambassador)
        )
        assert case is None or len(case.needs) == len(known) + len(again), f"P1: {again} is needed again, and lost"

    def _kind(self, need: Any) -> str:
        """What is needed: now and then it turns out to be something else."""
        return self.random.choice(CATEGORIES) if self.random.random() < 0.1 else need.category

    def _referrals(self, *states: ReferralState) -> list[Any]:
        rows = self.world.matching.truth.tables.table("referrals").values()
        return [one for one in rows if one.state in states]

    async def answer_partner_mail(self) -> None:
        """A partner says yes or no; others stay silent."""
        open_ = self._referrals(State.ACTIVATED)
        if not open_:
            return
        referral = self.random.choice(open_)
        if self.random.random() < 0.5:
            day = self.world.today + timedelta(days=1)
            yes = ask.AcceptReferral(referral.id, referral.contact_id, day)
            await self._do(self.world.matching, "accepts", lambda unit: partner_answers.accept_referral(yes, unit))
        else:
            no = ask.DeclineReferral(referral.id, self.random.choice(list(DeclineReason)))
            await self._do(self.world.matching, "declines", lambda unit: partner_answers.decline_referral(no, unit))

    async def report_help(self) -> None:
        """Whoever helps or asks the family tells how far it is."""
        running = self._referrals(*HELPING)
        if not running:
            return
        # Often the one that is furthest, so that many a story comes to the family's word and goes on after it.
        furthest = max(running, key=lambda one: HELPING.index(one.state))
        one = self.random.choice([furthest, self.random.choice(running)])
        today, by = self.world.today, self.ambassador.person_id
        steps: dict[ReferralState, Callable[[Any], Awaitable[Any]]] = {
            State.ACCEPTED: partial(progress.complete_handover, ask.CompleteHandover(one.id, today, by)),
            State.HANDED_OVER: partial(progress.start_help, ask.StartHelp(one.id, today, by)),
            State.IN_PROGRESS: partial(progress.deliver_help, ask.DeliverHelp(one.id, today, by)),
            State.DELIVERED: partial(
                progress.confirm_outcome, ask.ConfirmOutcome(one.id, self.random.choice(list(Outcome)), by)
            ),
        }
        step = steps[one.state]
        if one.state is not State.DELIVERED and self.random.random() < 0.15:
            step = partial(progress.fail_help, ask.FailHelp(one.id, self.random.choice(list(FailureReason)), by))
        await self._do(self.world.matching, f"help {one.state}", step)

    async def answer_follow_up(self) -> None:
        """The ambassador says how the child is doing, when asked."""
        asked = [
            follow_up
            for watch in self.world.monitoring.truth.tables.table("watches").values()
            for follow_up in watch.follow_ups.values()
            if follow_up.state in ANSWERABLE
        ]
        if asked:
            answer = self.random.choice(list(FollowUpAnswer))
            one = self.random.choice(asked)
            command = AnswerFollowUp(one.follow_up_id, answer, self.ambassador.person_id)
            await self._do(self.world.monitoring, f"answers {answer}", lambda unit: answer_follow_up(command, unit))

    async def coordinate(self) -> None:
        """The coordinator works on the list."""
        listed = [
            (watch.case_id, one.escalation_id)
            for watch in self.world.monitoring.truth.tables.table("watches").values()
            for one in watch.open_escalations
        ]
        if listed and self.random.random() < 0.5:
            case_id, escalation_id = self.random.choice(listed)
            done = self.random.choice(list(Resolution))
            command = ResolveEscalation(case_id, escalation_id, done, self.coordinator.person_id)
            await self._do(self.world.monitoring, "resolves", lambda unit: resolve_escalation(command, unit))

    async def close(self) -> None:
        """Now and then a case is closed."""
        if self.cases and self.random.random() < 0.3:
            case_id = self.random.choice(self.cases)
            await self._do(self.world.intake, "closes", lambda unit: self._closes(case_id, unit))

    async def _closes(self, case_id: UUID, unit: Any) -> None:
        command = await closing(case_id, unit, CloseReason.FAMILY_CONTINUES_ALONE)
        await close_case(command, unit, self.coordinator)

    def _confirmed(self) -> dict[UUID, UUID]:
        """Needs of which the family said that they are met, each with its case."""
        rows = self.world.intake.truth.tables.table("need_progress").values()
        return {one.need_id: one.case_id for one in rows if one.progress is Progress.CONFIRMED}

    async def go_on(self) -> None:
        """A closed case is opened again, or the family has a new question: often about what it had before."""
        if not self.cases:
            return
        rows = self.world.intake.truth.tables.table("cases")
        if self.random.random() < 0.5:
            closed = self.random.choice([one for one in self.cases if not rows[one].is_open] or self.cases)
            await self._do(self.world.intake, "reopens", lambda unit: reopen_case(closed, unit, self.coordinator))
        else:
            anew = self.random.choice(list(self._confirmed().values()) or self.cases)
            await self._do(self.world.intake, "asks anew", lambda unit: raise_new_question(anew, unit, self.ambassador))
            await self._assess(anew)


def _viewer(person: Any) -> Viewer:
    return Viewer(person.id, person.role, person.organisation_id)
