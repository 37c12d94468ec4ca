"""Promise P2 on the real database: two workers that act at the same moment never both activate a partner."""

import asyncio

import pytest

from services.matching.domain.errors import PartnerAlreadyActive
from services.matching.handlers.cases import propose_partners
from services.matching.store.repositories import PostgresMatchingUnit
from shared.messaging.postgres_unit import PostgresUnits
from tests.integration.matching.test_store import a_referral
from tests.unit.matching.city import assessed, contact, named, organisation, service

pytestmark = pytest.mark.postgres
RealUnits = PostgresUnits[PostgresMatchingUnit]


async def test_two_transactions_that_activate_for_one_need_leave_one_active(postgres_units: RealUnits) -> None:
    both_wrote = asyncio.Barrier(2)

    async def activate(name: str) -> str:
        try:
            async with postgres_units.begin() as unit:
                await both_wrote.wait()
                await unit.referrals.save(a_referral(name))
        except PartnerAlreadyActive:
            return "refused"
        return "active"

    assert sorted(await asyncio.gather(activate("a"), activate("b"))) == ["active", "refused"]
    async with postgres_units.begin() as unit:
        assert len(await unit.referrals.list_of_need(named("need bike"))) == 1


async def test_the_same_inventory_handled_at_the_same_moment_asks_one_partner(postgres_units: RealUnits) -> None:
    async with postgres_units.begin() as unit:
        for name in ("fietsbende", "rijwielhulp"):
            await unit.organisations.save(organisation(name))
            await unit.people.save(contact(name))
            await unit.services.save(service(name))
    both_began = asyncio.Barrier(2)

    async def handle() -> None:
        async with postgres_units.begin() as unit:
            await both_began.wait()
            await propose_partners(assessed(), unit)

    await asyncio.gather(handle(), handle())

    async with postgres_units.begin() as unit:
        referrals = await unit.referrals.list_of_case(named("case"))
    assert [referral.is_active for referral in referrals] == [True]
