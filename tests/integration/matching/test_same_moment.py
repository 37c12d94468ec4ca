"""Two in the same moment on the real database: one word counts, the other is refused in words, and nothing is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from services.matching.commands import AcceptReferral, ConfirmHandover, DeclineReferral
from services.matching.domain.referral_state import ACTIVE, ReferralState
from services.matching.handlers.cases import erase_case, propose_partners
from services.matching.handlers.handover import confirm_handover
from services.matching.handlers.partner_answers import accept_referral, ask_next_after_silence, decline_referral
from services.matching.handlers.stopping import stop_for_withdrawal
from services.matching.store.repositories import PostgresMatchingUnit
from shared.events.intake import CaseErased
from shared.events.monitoring import ResponseExpired
from shared.events.referral_codes import DeclineReason, Party
from shared.kernel.errors import Refusal
from shared.messaging.postgres_unit import PostgresUnits
from tests.unit.matching.city import NOON, assessed, contact, named, need, organisation, service, withdrawn

pytestmark = pytest.mark.postgres
RealUnits = PostgresUnits[PostgresMatchingUnit]
Act = Callable[[PostgresMatchingUnit], Awaitable[object]]
TIMES = 15


class Moment:
    """One case with a partner that was asked, and what several people do to it at once."""

    def __init__(self, units: RealUnits, number: int) -> None:
        self.units, self.case = units, f"case {number}"

    async def begin(self) -> None:
        async with self.units.begin() as unit:
            for name in ("fietsbende", "rijwielhulp"):
                await unit.organisations.save(organisation(name))
                await unit.people.save(contact(name))
                await unit.services.save(service(name))
            await propose_partners(assessed(need(name=self.case), case=self.case), unit)
            [self.referral] = await unit.referrals.list_of_case(named(self.case))

    async def at_once(self, *acts: Act) -> list[str]:
        """What each got to hear: nothing, or why not."""
        all_began = asyncio.Barrier(len(acts))

        async def act(one: Act) -> str:
            try:
                async with self.units.begin() as unit:
                    await all_began.wait()
                    await one(unit)
            except Refusal as refusal:
                return refusal.code
            return ""

        return list(await asyncio.gather(*map(act, acts)))

    async def accept(self, unit: PostgresMatchingUnit) -> object:
        today, who = unit.city.day_of(unit.now), self.referral.contact_id
        return await accept_referral(AcceptReferral(self.referral.id, who, today, who), unit)

    async def accept_otherwise(self, unit: PostgresMatchingUnit) -> object:
        tomorrow, who = unit.city.day_of(unit.now) + timedelta(days=1), self.referral.contact_id
        return await accept_referral(AcceptReferral(self.referral.id, who, tomorrow, who), unit)

    async def decline(self, unit: PostgresMatchingUnit) -> object:
        return await decline_referral(DeclineReferral(self.referral.id, DeclineReason.OTHER), unit)

    async def withdraw(self, unit: PostgresMatchingUnit) -> None:
        await stop_for_withdrawal(withdrawn(self.case), unit)

    async def erase(self, unit: PostgresMatchingUnit) -> None:
        await erase_case(CaseErased(subject=named(self.case), occurred_at=NOON), unit)

    async def expire(self, unit: PostgresMatchingUnit) -> None:
        one = self.referral
        fact = ResponseExpired(
            subject=one.case_id, occurred_at=NOON, referral_id=one.id, need_id=one.need_id, case_code=one.case_code,
            organisation_id=one.organisation_id, contact_id=one.contact_id, ambassador_id=one.ambassador_id,
            due_at=one.answer_by,
        )  # fmt: skip
        await ask_next_after_silence(fact, unit)

    async def states(self) -> list[ReferralState]:
        async with self.units.begin() as unit:
            return [one.state for one in await unit.referrals.list_of_case(named(self.case))]


@pytest.mark.parametrize("other", ["withdraw", "expire", "erase", "accept_otherwise", "decline"])
async def test_yes_and_something_else_in_the_same_moment_leave_one_truth(postgres_units: RealUnits, other: str) -> None:
    for number in range(TIMES):
        moment = Moment(postgres_units, number)
        await moment.begin()

        said_yes, said_other = await moment.at_once(moment.accept, getattr(moment, other))

        states = await moment.states()
        assert len([state for state in states if state in ACTIVE]) <= 1
        if other == "withdraw":
            # Whoever came second: the family's word is the last one.
            assert states == [ReferralState.WITHDRAWN]
        elif other == "erase":
            assert states == []
        elif said_yes:
            # The other was first: the yes was refused in words, and the other stands.
            assert said_yes in {"referral-not-open", "already-said-yes"}
            assert said_other == ""
        else:
            assert states == [ReferralState.ACCEPTED]
            assert said_other in {"", "already-said-yes", "referral-not-open"}


async def test_both_sides_that_confirm_in_the_same_moment_complete_the_handover_once(postgres_units: RealUnits) -> None:
    for number in range(TIMES):
        moment = Moment(postgres_units, number)
        await moment.begin()
        await moment.at_once(moment.accept)

        def confirms(party: Party, moment: Moment = moment) -> Act:
            command = ConfirmHandover(moment.referral.id, party, None, named("somebody"))
            return lambda unit: confirm_handover(command, unit)

        assert await moment.at_once(confirms(Party.PARTNER), confirms(Party.AMBASSADOR)) == ["", ""]
        assert await moment.states() == [ReferralState.HANDED_OVER]
