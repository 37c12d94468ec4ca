"""A child that grew out of its consent: who was asked may answer, and nobody new is asked before a new consent."""

from typing import Any

from services.matching.handlers.cases import (
    ask_nobody_new,
    go_on_after_rest,
    go_on_with_consent,
    propose_partners,
    rest,
)
from services.matching.handlers.partner_answers import ask_next_after_silence
from shared.events.base import ConsentGiver
from shared.events.intake import CaseResumed, ConsentOutgrown, ConsentRenewed
from shared.events.matching import NoPartnerFound, PartnerActivated
from tests.unit.matching.city import NOON, World, assessed, named
from tests.unit.matching.desk import NEED, a_desk_with_nobody
from tests.unit.matching.given import expiry
from tests.unit.matching.site import text_of
from tests.unit.matching.test_urgent_and_paused import RESTS

CASE: dict[str, Any] = {"subject": named("case"), "occurred_at": NOON}
OUTGROWN = ConsentOutgrown(
    **CASE, case_code="AC34-DEFG", ambassador_id=named("juf"), asked_of=ConsentGiver.GUARDIAN_AND_CHILD
)
RENEWED = ConsentRenewed(**CASE, given_by=ConsentGiver.GUARDIAN_AND_CHILD)
RESUMED = CaseResumed(**CASE, case_code="AC34-DEFG", ambassador_id=named("juf"))


async def asked_and_outgrown() -> World:
    """Two partners can help, and the first is asked."""
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
        await ask_nobody_new(OUTGROWN, unit)
    return world


async def is_silent(world: World) -> None:
    late = expiry(world)
    world.clock.forward(late.due_at - NOON)
    async with world.units.begin() as unit:
        await ask_next_after_silence(late, unit)


async def test_next_partner_is_asked_on_the_new_consent_only() -> None:
    world = await asked_and_outgrown()
    await is_silent(world)
    assert len(world.published(PartnerActivated)) == 1
    assert world.published(NoPartnerFound) == []
    async with world.units.begin() as unit:
        await go_on_with_consent(RENEWED, unit)
    assert len(world.published(PartnerActivated)) == 2


async def test_rest_that_is_over_asks_nobody_before_the_new_consent() -> None:
    world = await asked_and_outgrown()
    await is_silent(world)
    async with world.units.begin() as unit:
        await rest(RESTS, unit)
    async with world.units.begin() as unit:
        await go_on_after_rest(RESUMED, unit)
    assert len(world.published(PartnerActivated)) == 1
    async with world.units.begin() as unit:
        await go_on_with_consent(RENEWED, unit)
    assert len(world.published(PartnerActivated)) == 2


async def test_desk_reads_why_nobody_can_be_asked() -> None:
    site = await a_desk_with_nobody()
    async with site.world.units.begin() as unit:
        await ask_nobody_new(OUTGROWN, unit)
    for path in ("/overslaan", "/wachten", "/geen-hulp", "/buiten-de-kaart"):
        assert "tot er opnieuw toestemming is" in text_of(await site.get(f"{NEED}{path}")), path
