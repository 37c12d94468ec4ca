"""Families, their school and the desk: they ask, assess, visit, rest, answer, close, each as chance has it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.intake.commands import (
    AgreeFollowUps,
    CompleteInventory,
    EraseCase,
    GiveBackRequest,
    PauseCase,
    PlanHomeVisit,
)
from services.intake.domain.erasure import ErasureReason
from services.intake.domain.progress import Progress
from services.intake.domain.rules import Viewer
from services.intake.handlers import cases, course
from services.intake.handlers.erasing import request_erasure
from services.intake.handlers.inventory import complete_inventory
from services.matching.handlers.network import identity
from services.matching.handlers.taking_over import import_map
from services.monitoring.commands import AnswerFollowUp
from services.monitoring.domain.follow_up import ANSWERABLE
from services.monitoring.handlers.follow_ups import answer_follow_up
from shared.events.base import Role, Urgency
from shared.events.case_codes import CloseReason, FollowUpRhythm, MissingPart, NeedResult, PauseWish
from shared.events.monitoring import FollowUpAnswer
from tests.simulation.city import CATEGORIES, PARTNERS, a_city, a_need, a_request, viewer_of
from tests.simulation.desk import Desk
from tests.simulation.doing import Doing
from tests.simulation.mischief import Mischief
from tests.simulation.partners import Partners
from tests.simulation.passing import settle
from tests.simulation.replacing import Replacing
from tests.simulation.sharing import Sharing
from tests.simulation.world import World
from tests.simulation.worries import Worries
from tests.unit.intake.builders import closing, submit_request

CHILDREN = 3
# In one life all do what they can; in others some are silent for ever.
SILENT = (
    (), (), (), ("assess",), ("answer_partner_mail",), ("report_help",), ("answer_follow_up",), ("coordinate",),
    ("assess", "answer_follow_up", "report_help"), ("coordinate", "answer_follow_up", "answer_question"),
)  # fmt: skip


class People(Doing):
    """Invented people; `cases` are the requests that were answered with 201."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.cases: list[UUID] = []
        self.organisations: list[UUID] = []
        self.ambassador = self.coordinator = Viewer(UUID(int=1), Role.AMBASSADOR, UUID(int=2))
        self.ambassadors = [self.ambassador]
        self.partners, self.mischief, self.desk = Partners(world), Mischief(world), Desk(world)
        self.replacing, self.sharing = Replacing(world), Sharing(world)
        self.worries = Worries(world)
        # What nobody ever does in this life.
        self.never = set(self.random.choice(SILENT))

    async def move_in(self) -> None:
        """A school, a coordinator, and partners for most needs: for debt there is nobody."""
        async with self.world.matching.truth.begin() as unit:
            await import_map(a_city(), unit)
        rows = self.world.matching.truth.tables.table("people").values()
        everybody = [(person, one) for person in rows for one in person.memberships]
        people = {one.role: (person, one) for person, one in everybody}
        self.organisations = [identity("organisation", f"o{number}") for number in range(PARTNERS)]
        self.ambassadors = [viewer_of(*one) for one in everybody if one[1].role is Role.AMBASSADOR]
        self.ambassador = self.ambassadors[0]
        self.coordinator = viewer_of(*people[Role.COORDINATOR])
        self.desk.person_id = self.coordinator.person_id
        self.replacing.coordinator = self.coordinator
        await settle(self.world)

    async def act(self) -> None:
        """A few people do something, each at a moment of its own: two terms that begin together would end as one."""
        partners = self.partners
        doings: list[Callable[[], Awaitable[None]]] = [
            self.ask_for_help, self.assess, partners.answer_partner_mail, partners.answer_partner_mail,
            partners.report_help, partners.report_help, partners.report_help, partners.report_help,
            partners.answer_question, partners.take_back, partners.say_what_the_family_wants, self.answer_follow_up,
            self.coordinate, self.agree, self.close, self.go_on, self.withdraw, self.erase,
            self.mischief.try_what_is_not_allowed, self.hand_over, self.replacing.pass_question, self.worry,
        ]  # fmt: skip
        for doing in self.random.choices(doings, k=3):
            self.world.forward(timedelta(milliseconds=self.random.randint(1, 200_000)))
            if doing.__name__ not in self.never:
                await doing()

    async def ask_for_help(self) -> None:
        """The school asks for a child; for a few only, so that each of them has a long story."""
        if len(self.cases) >= CHILDREN:
            return
        needs = self.random.sample(CATEGORIES, self.random.randint(1, 2))
        asked = tuple(a_need(one, self.random.choice(list(Urgency))) for one in needs)
        child = f"Kind {len(self.cases)}"
        command = a_request(self.ambassador, asked, family_knows=self.random.random() < 0.5, child=child)
        case = await self.do(
            self.world.intake, f"asks for {needs}", None, lambda unit: submit_request(command, unit), again=False
        )
        if case is not None:
            self.cases.append(case.id)
            self.world.attention.paid(case.id, self.world.clock.now())

    async def assess(self) -> None:
        """The ambassador and the family make the inventory."""
        if self.families:
            await self._assess(self.random.choice(self.families))

    async def _assess(self, case_id: UUID) -> None:
        known = self.world.intake.truth.tables.table("cases")[case_id].needs
        confirmed = self._confirmed()
        open_ = [one for one in known if one.need_id not in confirmed]
        first = (open_[0].need_id,) if open_ and self.random.random() < 0.5 else ()
        needs = tuple(
            a_need(self._kind(one), one.urgency, one.need_id, () if one is open_[0] else first) for one in open_
        )
        unwanted = self.random.sample(self.organisations, int(self.random.random() < 0.15))
        again = tuple(one.need_id for one in known if one.need_id in confirmed)[:1]
        command = CompleteInventory(
            case_id=case_id,
            needs=needs,
            discussed_on=self.world.today,
            excluded_organisations=tuple(unwanted),
            again=again,
        )
        case = await self._at_intake("assesses", case_id, partial(complete_inventory, command), again=False)
        assert case is None or len(case.needs) == len(known) + len(again), f"P1: {again} is needed again, and lost"

    def _kind(self, need: Any) -> str:
        """What is needed: now and then it turns out to be something else."""
        return self.random.choice(CATEGORIES) if self.random.random() < 0.1 else need.category

    async def answer_follow_up(self) -> None:
        """The ambassador says how the child is doing, when asked."""
        asked = [
            (watch.case_id, follow_up)
            for watch in self.world.monitoring.truth.tables.table("watches").values()
            for follow_up in watch.follow_ups.values()
            if follow_up.state in ANSWERABLE
        ]
        if asked:
            answer = self.random.choice(list(FollowUpAnswer))
            case_id, one = self.random.choice(asked)
            command = AnswerFollowUp(one.follow_up_id, answer, self.speaks_for(case_id).person_id)
            await self.do(self.world.monitoring, f"answers {answer}", case_id, partial(answer_follow_up, command))

    async def coordinate(self) -> None:
        """The coordinator works on the list, sees a request, or gives it back."""
        if self.random.random() < 0.5 and await self.desk.work_on_a_point():
            return
        if self.families:
            case_id = self.random.choice(self.families)
            back = GiveBackRequest(case_id, (self.random.choice(list(MissingPart)),))
            work = self.random.choice(
                [partial(cases.acknowledge_request, case_id)] * 4 + [partial(cases.give_back, back)]
            )
            await self._at_intake("the desk looks", case_id, work, self.coordinator)

    async def agree(self) -> None:
        """What family and school agree on the way: a visit, whether it took place, a rest, its end, a rhythm."""
        if not self.families:
            return
        case_id, chance = self.random.choice(self.families), self.random.random()
        day = self.world.today + timedelta(days=self.random.choice([2, 9, 30]))
        agreed: list[tuple[str, Any]] = [
            ("plans a visit", partial(course.plan_home_visit, PlanHomeVisit(case_id, day))),
            ("visited", partial(course.complete_home_visit, case_id, took_place=chance < 0.5)),
            ("rests", partial(course.pause_case, PauseCase(case_id, day, self.random.choice(list(PauseWish))))),
            ("goes on", partial(course.resume_case, case_id)),
            (
                "agrees a rhythm",
                partial(course.agree_follow_ups, AgreeFollowUps(case_id, self.random.choice(list(FollowUpRhythm)))),
            ),
        ]
        said, work = self.random.choice(agreed)
        await self._at_intake(said, case_id, work)

    async def hand_over(self) -> None:
        """Now and then a family gets another ambassador: the one before passes it on, or the desk does."""
        if self.families and self.random.random() < 0.4:
            case_id = self.random.choice(self.families)
            await self.replacing.hand_over(case_id, self.speaks_for(case_id), self.ambassadors)

    def speaks_for(self, case_id: UUID) -> Viewer:
        """The family's ambassador now."""
        person_id = self.partners.speaks_for(case_id)
        return next(one for one in self.ambassadors if one.person_id == person_id)

    async def close(self) -> None:
        """Now and then a case is closed."""
        if self.families and self.random.random() < 0.3:
            case_id, result = self.random.choice(self.families), self.random.choice(list(NeedResult))

            async def work(unit: Any, viewer: Viewer) -> Any:
                command = await closing(case_id, unit, CloseReason.FAMILY_CONTINUES_ALONE, result)
                return await cases.close_case(command, unit, viewer)

            await self._at_intake("closes", case_id, work, self.coordinator)

    async def withdraw(self) -> None:
        """Now and then a family says what partners may read, stops with one, or does not want it any more."""
        await self.sharing.answer_or_stop(self.families, self.speaks_for, self.organisations)

    async def erase(self) -> None:
        """Now and then a family wants that nothing of it is kept, whatever is going on."""
        if self.families and self.random.random() < 0.05:
            case_id, by = self.random.choice(self.families), self.random.choice([self.ambassador, self.coordinator])
            command = EraseCase(case_id, ErasureReason.FAMILY_ASKED)
            await self._at_intake("erases", case_id, partial(request_erasure, command), by)

    @property
    def families(self) -> list[UUID]:
        """Those of whom something is kept."""
        return [case_id for case_id in self.cases if case_id in self.world.intake.truth.tables.table("cases")]

    async def worry(self) -> None:
        """Now and then somebody worries about a child's safety."""
        await self.worries.worry_or_go_on(self.families, self.ambassador, self.coordinator)

    def _confirmed(self) -> dict[UUID, UUID]:
        """Needs of which the family said that they are met, each with its case."""
        rows = self.world.intake.truth.tables.table("need_progress").values()
        return {one.need_id: one.case_id for one in rows if one.progress is Progress.CONFIRMED}

    async def go_on(self) -> None:
        """A closed case is opened again, or the family has a new question: often about what it had before."""
        if not self.families:
            return
        rows = self.world.intake.truth.tables.table("cases")
        if self.random.random() < 0.5:
            closed = self.random.choice([one for one in self.families if not rows[one].is_open] or self.families)
            await self._at_intake("reopens", closed, partial(cases.reopen_case, closed), self.coordinator)
        else:
            anew = self.random.choice(list(self._confirmed().values()) or self.families)
            await self._at_intake("asks anew", anew, partial(cases.raise_new_question, anew), again=False)
            await self._assess(anew)

    async def _at_intake(
        self, what: str, case_id: UUID, work: Any, viewer: Viewer | None = None, *, again: bool = True
    ) -> Any:
        by = viewer or self.speaks_for(case_id)
        return await self.do(self.world.intake, what, case_id, lambda unit: work(unit=unit, viewer=by), again=again)
