"""Everybody who does something: schools, partners, ambassadors and a coordinator, each as chance has it."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.intake.commands import (
    Child,
    CloseCase,
    CompleteInventory,
    Consent,
    Family,
    NeedAsked,
    RaiseNewQuestion,
    SubmitRequest,
)
from services.intake.domain.case import CaseState
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import close_case, complete_inventory, raise_new_question
from services.intake.handlers.requests import submit_request
from services.matching import commands as ask
from services.matching.domain.days import day_of
from services.matching.domain.referral import ReferralState
from services.matching.handlers import answers, progress
from services.matching.handlers.network import import_map
from services.monitoring.commands import AnswerFollowUp, ResolveEscalation
from services.monitoring.domain.escalation import Resolution
from services.monitoring.domain.follow_up import ANSWERABLE
from services.monitoring.handlers import answer_follow_up, resolve_escalation
from shared.errors import Refusal
from shared.events.base import Beneficiary, ConsentGiver, Horizon, Role, Urgency
from shared.events.intake import CloseReason
from shared.events.matching import DeclineReason, FailureReason, Outcome
from shared.events.monitoring import FollowUpAnswer
from tests.simulation.faults import Crashed
from tests.simulation.world import Node, World

CATEGORIES = ("bike", "clothing", "food", "debt")
PARTNERS = 3
State = ReferralState


class People:
    """Invented people; `cases` are the requests that were answered with 201."""

    def __init__(self, world: World) -> None:
        self.world, self.random = world, world.random
        self.cases: list[UUID] = []
        self.ambassador = self.coordinator = Viewer(UUID(int=1), Role.AMBASSADOR, UUID(int=2))

    async def move_in(self) -> None:
        """A school, a coordinator, and partners for most needs: for debt there is nobody."""
        async with self.world.matching.truth.begin() as unit:
            await import_map(_city(), unit)
        people = {person.role: person for person in self.world.matching.truth.tables.table("people").values()}
        self.ambassador = _viewer(people[Role.AMBASSADOR])
        self.coordinator = _viewer(people[Role.COORDINATOR])
        await self.world.settle()

    async def act(self) -> None:
        """Somebody does something."""
        doings: list[Callable[[], Awaitable[None]]] = [
            self.ask_for_help, self.assess, self.answer_partner_mail, self.answer_partner_mail, self.report_help,
            self.report_help, self.answer_follow_up, self.coordinate, self.close, self.ask_again,
        ]  # fmt: skip
        await self.random.choice(doings)()

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
        """The school asks for a child."""
        needs = self.random.sample(CATEGORIES, self.random.randint(1, 2))
        command = _request(self.ambassador, tuple(_need(one, self.random.choice(list(Urgency))) for one in needs))
        case = await self._do(self.world.intake, f"asks for {needs}", lambda unit: submit_request(command, unit))
        if case is not None:
            self.cases.append(case.id)

    async def assess(self) -> None:
        """The ambassador and the family make the inventory."""
        if not self.cases:
            return
        case_id = self.random.choice(self.cases)
        case = self.world.intake.truth.tables.table("cases")[case_id]
        needs = tuple(_need(need.category, need.urgency, need.need_id) for need in case.needs)
        today = self.world.clock.now().date()
        command = CompleteInventory(case_id, needs, discussed_on=today)
        await self._do(self.world.intake, "assesses", lambda unit: complete_inventory(command, unit, self.ambassador))

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
            day = day_of(self.world.clock.now()) + timedelta(days=1)
            yes = ask.AcceptReferral(referral.id, referral.contact_id, day)
            await self._do(self.world.matching, "accepts", lambda unit: answers.accept_referral(yes, unit))
        else:
            no = ask.DeclineReferral(referral.id, self.random.choice(list(DeclineReason)))
            await self._do(self.world.matching, "declines", lambda unit: answers.decline_referral(no, unit))

    async def report_help(self) -> None:
        """Whoever helps or asks the family tells how far it is."""
        running = self._referrals(State.ACCEPTED, State.HANDED_OVER, State.IN_PROGRESS, State.DELIVERED)
        if not running:
            return
        one = self.random.choice(running)
        today, by = day_of(self.world.clock.now()), self.ambassador.person_id
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
            step = partial(progress.fail_help, ask.FailHelp(one.id, FailureReason.NO_CONTACT, by))
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
        if self.cases and self.random.random() < 0.1:
            command = CloseCase(self.random.choice(self.cases), CloseReason.FAMILY_CONTINUES_ALONE)
            await self._do(self.world.intake, "closes", lambda unit: close_case(command, unit, self.coordinator))

    async def ask_again(self) -> None:
        """A family whose case is closed has a new question."""
        cases = self.world.intake.truth.tables.table("cases").values()
        closed = [case.id for case in cases if case.state is CaseState.CLOSED]
        if not closed:
            return
        again = RaiseNewQuestion(self.random.choice(closed))
        # At a minute of its own, so that no clock that it starts looks like one that fired already.
        self.world.forward(timedelta(minutes=1))
        await self._do(self.world.intake, "asks again", lambda unit: raise_new_question(again, unit, self.ambassador))
        self.world.forward(timedelta(minutes=1))


def _viewer(person: Any) -> Viewer:
    return Viewer(person.id, person.role, person.organisation_id)


def _need(category: str, urgency: Urgency, need_id: UUID | None = None) -> NeedAsked:
    return NeedAsked(category, urgency, Horizon.SHORT, Beneficiary.CHILD, id=need_id)


def _request(by: Viewer, needs: tuple[NeedAsked, ...]) -> SubmitRequest:
    return SubmitRequest(
        ambassador_id=by.person_id,
        organisation_id=by.organisation_id,
        child=Child("Verzonnen", "Kind", date(2017, 5, 4)),
        family=Family("Verzonnen Ouder", "nl", interpreter_needed=False),
        district="oost",
        consent=Consent(ConsentGiver.GUARDIAN, date(2026, 3, 1), "2026-01"),
        needs=needs,
    )


def _city() -> ask.ImportMap:
    contact = partial(ask.ContactEntry, phone="010-0000000")
    offers = [
        ask.ServiceEntry(
            line=number,
            external_id=f"s{number}",
            organisation=f"o{number}",
            name=f"Aanbod {number}",
            categories=CATEGORIES[:3] if number else CATEGORIES[:1],
            contacts=(contact(f"Contact {number}", f"c{number}@partner.example"),),
        )
        for number in range(PARTNERS)
    ]
    organisations = [ask.OrganisationEntry(f"o{number}", f"Partner {number}") for number in range(PARTNERS)]
    return ask.ImportMap(
        organisations=[
            *organisations,
            ask.OrganisationEntry("school", "School"),
            ask.OrganisationEntry("desk", "Regie"),
        ],
        services=offers,
        people=[
            ask.PersonEntry(1, "school", Role.AMBASSADOR, contact("Juf", "juf@school.example")),
            ask.PersonEntry(2, "desk", Role.COORDINATOR, contact("Regie", "regie@desk.example")),
        ],
    )
