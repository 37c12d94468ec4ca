"""A school's child through a year, with nothing but the client that is made of the API's description.

What partners do they do by their mails; all that the school does and sees goes through its system.
"""

import asyncio
import itertools
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from schakel_client import AuthenticatedClient
from schakel_client.api.follow_ups import answer_follow_up, list_follow_ups
from schakel_client.api.referrals import confirm_handover, confirm_outcome, list_referrals
from schakel_client.api.requests import (
    agree_follow_ups,
    close_request,
    complete_home_visit,
    create_token,
    get_request,
    pause_request,
    plan_home_visit,
    put_inventory,
    raise_new_question,
    resume_request,
    submit_request,
)
from schakel_client.models import (
    AnswerBody,
    CaseState,
    CloseReason,
    ClosingBody,
    FollowUpAnswer,
    FollowUpDetails,
    FollowUpRhythm,
    FollowUpsBody,
    FollowUpStatus,
    HandoverBody,
    HomeVisitBody,
    HomeVisitDoneBody,
    InventoryBody,
    NeedFoundBody,
    NeedResult,
    Outcome,
    OutcomeBody,
    PauseBody,
    PauseWish,
    Problem,
    ReferralDetails,
    ReferralDetailsStatus,
    RequestBody,
    RequestDetails,
    ResultBody,
    Urgency,
)

from deploy.demo.stories.people import Person
from deploy.demo.stories.world import Mail, World
from tests.journeys.embedded import embedded_schakel
from tests.parts.stories import AMINA

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]
GoodT = TypeVar("GoodT")
WAITS = 15.0
A_WEEK = timedelta(weeks=1)
WEEKS_AT_MOST = 12


class System:
    """A school's system: the generated client, with a fresh token for each thing that it does."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._keys = itertools.count()

    def key(self) -> str:
        return f"year-{next(self._keys)}"

    async def does(self, operation: Callable[..., Awaitable[GoodT | Problem | None]], *what: Any, **how: Any) -> GoodT:  # noqa: ANN401 - each operation has its own
        """What was asked for, and no problem."""
        address = f"{self.world.base_url}/v1"
        async with AuthenticatedClient(address, token=self.world.api_key) as by_key:
            token = _good(await create_token.asyncio(client=by_key))
        async with AuthenticatedClient(address, token=token.access_token) as client:
            return _good(await operation(*what, client=client, **how))

    async def request(self, case: UUID) -> RequestDetails:
        return await self.does(get_request.asyncio, case)

    async def referrals(self, case: UUID, status: ReferralDetailsStatus) -> list[ReferralDetails]:
        found = await self.does(list_referrals.asyncio, request_id=case)
        return [one for one in found.referrals if one.status == status]

    async def follow_up(self, case: UUID) -> FollowUpDetails | None:
        asked = await self.does(list_follow_ups.asyncio, status=FollowUpStatus.ASKED, request_id=case)
        return next(iter(asked.follow_ups), None)

    async def delivered(self, case: UUID) -> ReferralDetails:
        """What the other services bring comes a moment later."""
        ends = asyncio.get_running_loop().time() + WAITS
        while not (found := await self.referrals(case, ReferralDetailsStatus.DELIVERED)):
            assert asyncio.get_running_loop().time() < ends, "nobody helped"
            await asyncio.sleep(0.2)
        return found[0]


def _good(reply: GoodT | Problem | None) -> GoodT:
    assert reply is not None
    assert not isinstance(reply, Problem), f"{reply.status} {reply.detail}"
    return reply


@pytest.fixture
def world() -> Iterator[World]:
    """Not pytest's own folder: those above it are closed to the user that PostgreSQL runs as when we are root."""
    with (
        tempfile.TemporaryDirectory(prefix="schakel-journey-") as made,
        embedded_schakel(Path(made) / "year") as schakel,
    ):
        yield schakel.world


async def asks_for_help(system: System) -> UUID:
    body = RequestBody.from_dict(AMINA.request(system.world))
    made = await system.does(submit_request.asyncio, body=body, idempotency_key=system.key())
    inventory = InventoryBody.from_dict(AMINA.inventory(system.world))
    told = await system.does(put_inventory.asyncio, made.id, body=inventory)
    assert told.status is CaseState.ASSESSED
    return made.id


async def family_is_visited_and_rests(system: System, case: UUID) -> None:
    """Before the partner is there: a visit, and a rest that ends sooner than was thought."""
    soon = system.world.today() + timedelta(days=1)
    visit = HomeVisitBody(planned_for=soon, starts_at="14:30", note="Samen met de wijkverpleegkundige")
    planned = await system.does(plan_home_visit.asyncio, case, body=visit, idempotency_key=system.key())
    assert planned.home_visit_on == soon
    # It was sooner after all.
    today = HomeVisitBody(planned_for=system.world.today())
    await system.does(plan_home_visit.asyncio, case, body=today, idempotency_key=system.key())
    was = HomeVisitDoneBody(took_place=True)
    await system.does(complete_home_visit.asyncio, case, body=was, idempotency_key=system.key())
    rest = PauseBody(until=soon + timedelta(days=7), wished_by=PauseWish.FAMILY)
    paused = await system.does(pause_request.asyncio, case, body=rest, idempotency_key=system.key())
    assert paused.paused_until == rest.until
    resumed = await system.does(resume_request.asyncio, case, idempotency_key=system.key())
    assert not resumed.paused_until


class Partner:
    """The one that is asked, by the page of its mail."""

    def __init__(self, world: World, mail: Mail) -> None:
        self.world, self.link = world, mail.link_to("antwoord")

    async def accepts(self) -> None:
        async with Person(self.world) as person:
            form = (await person.open(self.link)).form_with("contact", "first_contact_on", "choice")
            day = f"{self.world.today():%d-%m-%Y}"
            answers = {"contact": form.choices["contact"][0], "first_contact_on": day, "choice": "accept"}
            await person.send(form, answers)

    async def says(self, choice: str) -> None:
        """What was done today."""
        async with Person(self.world) as person:
            page = await person.open(self.link)
            offering = [form for form in page.forms if {("choice", choice)} & {*form.buttons, *form.values.items()}]
            offering += [form for form in page.forms if choice in form.choices.get("choice", ())]
            await person.send(offering[0], {"choice": choice, "when": "today"})


async def partner_helps(system: System, case: UUID) -> None:
    """Asked, yes, met, and help given: the partner's part by its mail, the school's by its system."""
    code = (await system.request(case)).case_code
    partner = Partner(system.world, await system.world.mail(words="un je helpen", code=code))
    await partner.accepts()
    await partner.says("handover")
    (referral,) = await system.referrals(case, ReferralDetailsStatus.ACCEPTED)
    met = HandoverBody(family_agrees=True)
    told = await system.does(confirm_handover.asyncio, referral.id, body=met, idempotency_key=system.key())
    assert told.status == ReferralDetailsStatus.HANDED_OVER
    for choice in ("start", "deliver"):
        await partner.says(choice)


async def family_says_that_it_helped(system: System, case: UUID) -> None:
    referral = await system.delivered(case)
    said, key = OutcomeBody(Outcome.HELPED), system.key()
    confirmed = await system.does(confirm_outcome.asyncio, referral.id, body=said, idempotency_key=key)
    assert (confirmed.status, confirmed.outcome) == (ReferralDetailsStatus.CONFIRMED, Outcome.HELPED)


async def tells_how_it_goes(system: System, case: UUID) -> None:
    for _ in range(WEEKS_AT_MOST):
        await system.world.forward(A_WEEK)
        await asyncio.sleep(1)
        if (asked := await system.follow_up(case)) is not None:
            break
    else:
        raise AssertionError("nobody asked how it goes")
    said = AnswerBody(FollowUpAnswer.GOING_WELL)
    told = await system.does(answer_follow_up.asyncio, asked.id, body=said, idempotency_key=system.key())
    assert (told.status, told.answer) == (FollowUpStatus.ANSWERED, FollowUpAnswer.GOING_WELL)


async def family_has_a_new_question(system: System, case: UUID) -> None:
    key = system.key()
    opened = await system.does(raise_new_question.asyncio, case, idempotency_key=key)
    again = await system.does(raise_new_question.asyncio, case, idempotency_key=key)
    assert (opened.status, again) == (CaseState.IN_INVENTORY, opened)
    known = [NeedFoundBody(category=need.category, urgency=need.urgency, id=need.id) for need in opened.needs]
    new = NeedFoundBody(category=opened.needs[0].category, urgency=Urgency.NORMAL)
    inventory = InventoryBody(discussed_on=system.world.today(), needs=[*known, new])
    found = await system.does(put_inventory.asyncio, case, body=inventory)
    assert len(found.needs) == len(opened.needs) + 1


async def test_school_plays_a_childs_year_with_the_client_alone(world: World) -> None:
    system = System(world)
    case = await asks_for_help(system)
    await family_is_visited_and_rests(system, case)
    await partner_helps(system, case)
    await family_says_that_it_helped(system, case)
    agreed = FollowUpsBody(FollowUpRhythm.MONTHLY)
    await system.does(agree_follow_ups.asyncio, case, body=agreed, idempotency_key=system.key())
    for _ in range(2):
        await tells_how_it_goes(system, case)
    await family_has_a_new_question(system, case)

    needs = (await system.request(case)).needs
    results = [ResultBody(need.id, NeedResult.MET) for need in needs]
    body = ClosingBody(CloseReason.FAMILY_CONTINUES_ALONE, results)
    closed = await system.does(close_request.asyncio, case, body=body, idempotency_key=system.key())

    assert closed.status is CaseState.CLOSED
    kinds = [line.kind for line in (await system.request(case)).timeline]
    assert {"case-paused", "home-visit-completed", "outcome-confirmed", "case-closed"} <= set(kinds)
