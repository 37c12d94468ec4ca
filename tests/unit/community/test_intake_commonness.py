"""What community asks intake of a shape: from real requests to the page of the desk, and when no answer comes."""

import httpx
import pytest

from services.community.adapters.intake_commonness import IntakeCommonness
from services.community.domain.example_errors import ShapeNotChecked
from shared.access.service_tokens import ServiceTokens
from shared.events.alike_families import FamilyShape, ShapeFact
from shared.kernel.clock import Clock
from tests.parts.keys import ring
from tests.unit.community.examples import FORM, PAGE, sent
from tests.unit.community.world import Community
from tests.unit.intake.test_alike_families import NEXT_MONTH, Asked

SHAPE = FamilyShape(categories=("bike",), district="noord")


def asking(clock: Clock, transport: httpx.AsyncBaseTransport) -> IntakeCommonness:
    """Community's adapter in front of this."""
    tokens = ServiceTokens(ring("community"), "community", clock)
    return IntakeCommonness(httpx.AsyncClient(transport=transport), "http://intake", tokens)


async def test_families_of_intake_make_a_shape_common() -> None:
    intake = Asked()
    await intake.receives(3)
    intake.clock.forward(NEXT_MONTH)
    commonness = asking(intake.clock, httpx.ASGITransport(app=intake.app))

    assert (await commonness.check(SHAPE)).answer.is_common
    rare = (await commonness.check(SHAPE.model_copy(update={"district": "oost"}))).answer
    assert (rare.is_common, rare.at_least, rare.widen) == (False, 3, (ShapeFact.DISTRICT,))


async def test_desk_makes_an_example_of_what_intake_knows() -> None:
    intake, community = Asked(), Community()
    await intake.receives(3)
    intake.clock.forward(NEXT_MONTH)
    community.commonness = asking(intake.clock, httpx.ASGITransport(app=intake.app))  # type: ignore[assignment]

    rare = await sent(community, f"{PAGE}/nieuw", FORM)
    assert rare.status_code == 400
    assert "<li>Hoe oud is het kind?</li>" in rare.text
    assert (await sent(community, f"{PAGE}/nieuw", FORM | {"ageBand": "0-3"})).status_code == 303


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(503),
        httpx.Response(401, json={}),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, json={"isCommon": True}),
        httpx.Response(200, json={"isCommon": True, "atLeast": 0}),
    ],
)
async def test_answer_that_is_none_says_that_nothing_is_approved(reply: httpx.Response) -> None:
    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(reply.status_code, content=reply.content, request=request)

    with pytest.raises(ShapeNotChecked, match="niets goedgekeurd"):
        await asking(Community().clock, httpx.MockTransport(answer)).check(SHAPE)


async def test_intake_that_answers_nothing_says_so_too() -> None:
    async def away(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("away", request=request)

    with pytest.raises(ShapeNotChecked):
        await asking(Community().clock, httpx.MockTransport(away)).check(SHAPE)


async def test_question_holds_the_shape_and_nothing_else() -> None:
    asked: list[bytes] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.content)
        return httpx.Response(200, json={"isCommon": True, "atLeast": 3})

    await asking(Community().clock, httpx.MockTransport(answer)).check(SHAPE)
    assert asked == [b'{"categories":["bike"],"district":"noord"}']
