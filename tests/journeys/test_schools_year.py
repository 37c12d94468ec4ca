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
from schakel_client.api.referrals import confirm_outcome, list_referrals
from schakel_client.api.requests import (
    close_request,
    create_token,
    get_request,
    put_inventory,
    raise_new_question,
    submit_request,
)
from schakel_client.models import (
    AnswerBody,
    CaseState,
    CloseReason,
    ClosingBody,
    FollowUpAnswer,
    FollowUpDetails,
    FollowUpStatus,
    InventoryBody,
    NeedFoundBody,
    Outcome,
    OutcomeBody,
    Problem,
    ReferralDetails,
    ReferralDetailsStatus,
    RequestBody,
    RequestDetails,
    Urgency,
)

from deploy.demo.stories.child import Child
from deploy.demo.stories.telling import Telling
from deploy.demo.stories.world import World
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


async def partner_helps(system: System, case: UUID) -> None:
    """Asked, yes, and help given: the partner's part, by its mail."""
    child = Child(system.world, Telling(), AMINA, "year")
    child.chapter.case_code = (await system.request(case)).case_code
    mail = await child.partner_is_asked("asked")
    await child.partner_accepts(mail)
    await child.help_comes(mail)


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
    await partner_helps(system, case)
    await family_says_that_it_helped(system, case)
    for _ in range(2):
        await tells_how_it_goes(system, case)
    await family_has_a_new_question(system, case)

    body = ClosingBody(CloseReason.FAMILY_CONTINUES_ALONE)
    closed = await system.does(close_request.asyncio, case, body=body, idempotency_key=system.key())

    assert closed.status is CaseState.CLOSED
    kinds = [line.kind for line in (await system.request(case)).timeline]
    assert {"outcome-confirmed", "new-question-raised", "case-closed"} <= set(kinds)
