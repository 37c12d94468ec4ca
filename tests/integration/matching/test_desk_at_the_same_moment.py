"""Promise P2 when the desk has its hands in it: two colleagues, or a colleague and a partner, at the same moment."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from services.matching.commands import AcceptReferral, NewContact
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.desk_needs import DeskAct, read_need
from services.matching.handlers.desk_search import ask_chosen, say_no_help, skip, wait_until
from services.matching.handlers.outside_map import Outsider, ask_outside
from services.matching.handlers.partner_answers import accept_referral
from services.matching.ports import MatchingUnit
from services.matching.store.repositories import PostgresMatchingUnit
from shared.events.desk_codes import ChoiceReason, PostponeReason, UnavailableReason
from shared.kernel.errors import Refusal
from shared.messaging.postgres_unit import PostgresUnits
from tests.unit.matching.city import assessed, contact, named, organisation, service

pytestmark = pytest.mark.postgres
RealUnits = PostgresUnits[PostgresMatchingUnit]
Act = Callable[[MatchingUnit], Awaitable[object]]
BIKE = named("need bike")
PARTNERS = ("fietsbende", "rijwielhulp", "trapkracht")
OUTSIDER = Outsider("Stichting Verzonnen", NewContact("Sam de Vries", "sam@verzonnen.example"))


async def asked(units: RealUnits) -> str:
    """The first partner has the question; how the need stands then."""
    async with units.begin() as unit:
        for name in PARTNERS:
            await unit.organisations.save(organisation(name))
            await unit.people.save(contact(name))
            await unit.services.save(service(name))
    async with units.begin() as unit:
        await propose_partners(assessed(), unit)
    async with units.begin() as unit:
        return (await read_need(BIKE, unit)).version


async def at_once(units: RealUnits, *acts: Act) -> list[str]:
    """All begin before any of them does something; what became of each."""
    all_began = asyncio.Barrier(len(acts))

    async def do(act: Act) -> str:
        try:
            async with units.begin() as unit:
                await all_began.wait()
                await act(unit)
        except Refusal as refusal:
            return refusal.code
        return "done"

    return list(await asyncio.gather(*map(do, acts)))


async def active(units: RealUnits) -> list[ReferralState]:
    async with units.begin() as unit:
        return [one.state for one in await unit.referrals.list_of_need(BIKE) if one.is_active]


async def test_two_coordinators_at_the_same_moment_ask_one_partner(postgres_units: RealUnits) -> None:
    seen = await asked(postgres_units)
    one, other = DeskAct(BIKE, named("regie"), seen), DeskAct(BIKE, named("collega"), seen)

    outcomes = await at_once(
        postgres_units,
        lambda unit: ask_chosen(one, named("service rijwielhulp"), ChoiceReason.FITS_BETTER, unit),
        lambda unit: ask_chosen(other, named("service trapkracht"), ChoiceReason.KNOWS_FAMILY, unit),
        lambda unit: ask_outside(other, OUTSIDER, ChoiceReason.AGREED_BY_PHONE, unit),
        lambda unit: skip(other, ChoiceReason.NO_ANSWER, unit),
    )

    assert sorted(outcomes) == ["changed-meanwhile"] * 3 + ["done"]
    assert await active(postgres_units) == [ReferralState.ACTIVATED]
    async with postgres_units.begin() as unit:
        assert len(await unit.history.list_choices(BIKE)) == 1
        assert len(await unit.referrals.list_of_need(BIKE)) == 2


@pytest.mark.parametrize("round_", range(3))
async def test_partner_that_says_yes_while_the_desk_chooses_is_the_only_one_or_is_told(
    postgres_units: RealUnits, round_: int
) -> None:
    seen = await asked(postgres_units)
    act = DeskAct(BIKE, named("regie"), seen)
    async with postgres_units.begin() as unit:
        [question] = await unit.referrals.list_of_need(BIKE)
        tomorrow = unit.city.day_of(unit.now) + timedelta(days=1)
    yes = AcceptReferral(question.id, question.contact_id, tomorrow, question.contact_id)
    acts: list[Act] = [
        lambda unit: ask_chosen(act, named("service rijwielhulp"), ChoiceReason.FITS_BETTER, unit),
        lambda unit: accept_referral(yes, unit),
    ]

    outcomes = await at_once(postgres_units, *(acts if round_ % 2 else acts[::-1]))

    assert sorted(outcomes) in (["changed-meanwhile", "done"], ["done", "referral-not-open"])
    [state] = await active(postgres_units)
    assert state is (ReferralState.ACCEPTED if "changed-meanwhile" in outcomes else ReferralState.ACTIVATED)


async def test_one_waits_and_the_other_says_no_help_at_the_same_moment(postgres_units: RealUnits) -> None:
    await asked(postgres_units)
    for _ in PARTNERS:
        async with postgres_units.begin() as unit:
            seen = (await read_need(BIKE, unit)).version
            await skip(DeskAct(BIKE, named("regie"), seen), ChoiceReason.NO_ANSWER, unit)
    async with postgres_units.begin() as unit:
        seen = (await read_need(BIKE, unit)).version
        until: date = unit.city.day_of(unit.now) + timedelta(days=7)
    act = DeskAct(BIKE, named("collega"), seen)

    outcomes = await at_once(
        postgres_units,
        lambda unit: wait_until(act, until, PostponeReason.FAMILY_NEEDS_TIME, unit),
        lambda unit: say_no_help(act, UnavailableReason.NO_PLACE_ANYWHERE, unit),
    )

    assert sorted(outcomes) == ["changed-meanwhile", "done"]
    assert await active(postgres_units) == []
