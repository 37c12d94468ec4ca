"""A question, its answer, a place on a waiting list, silence and the family's withdrawal in the same moment."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import combinations_with_replacement

import pytest

from services.matching.commands import WriteWords
from services.matching.handlers.family_wish import prefer_another
from services.matching.handlers.partner_answers import revert_decline, wait_for_partner
from services.matching.handlers.questions import answer_question, ask_first
from services.matching.store.repositories import PostgresMatchingUnit
from tests.integration.matching.test_same_moment import Moment, RealUnits
from tests.unit.matching.city import named

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(180)]
Outcome = tuple[tuple[str, ...], tuple[str, ...], bool]
TIMES = 2


class Between(Moment):
    """What a partner can say besides yes and no, and what is said to that."""

    async def ask(self, unit: PostgresMatchingUnit) -> object:
        return await ask_first(WriteWords(self.referral.id, "Welke maat?", self.referral.contact_id), unit)

    async def answer(self, unit: PostgresMatchingUnit) -> object:
        return await answer_question(WriteWords(self.referral.id, "Maat 24.", self.referral.ambassador_id), unit)

    async def wait(self, unit: PostgresMatchingUnit) -> object:
        return await wait_for_partner(self.referral.id, unit.city.day_of(unit.now) + timedelta(days=7), unit)

    async def another(self, unit: PostgresMatchingUnit) -> object:
        return await prefer_another(self.referral.id, unit)

    async def take_back(self, unit: PostgresMatchingUnit) -> object:
        return await revert_decline(self.referral.id, unit)

    async def begins_with(self, before: str | None) -> None:
        await self.begin()
        if before is not None:
            async with self.units.begin() as unit:
                await self.named(before)(unit)

    def named(self, act: str) -> Callable[[PostgresMatchingUnit], Awaitable[object]]:
        found: Callable[[PostgresMatchingUnit], Awaitable[object]] = getattr(self, act)
        return found

    async def outcome(self, said: list[str]) -> Outcome:
        async with self.units.begin() as unit:
            questions = await unit.referrals.list_questions(self.referral.id)
            found = await unit.referrals.list_of_case(named(self.case))
        return tuple(said), tuple(one.state.value for one in found), any(one.is_open for one in questions)


async def one_after_the_other(units: RealUnits, number: int, before: str | None, acts: tuple[str, str]) -> set[Outcome]:
    possible = set()
    for order in ((0, 1), (1, 0)):
        moment = Between(units, number + 1000 * (1 + order[0]))
        await moment.begins_with(before)
        said = ["", ""]
        for each in order:
            [said[each]] = await moment.at_once(moment.named(acts[each]))
        possible.add(await moment.outcome(said))
    return possible


@pytest.mark.parametrize(
    ("before", "acts"),
    [
        (None, ("ask", "wait", "decline", "expire", "withdraw", "accept")),
        ("ask", ("answer", "ask", "wait", "decline", "expire", "withdraw", "accept")),
        ("wait", ("another", "withdraw", "accept", "decline", "ask", "erase")),
        ("decline", ("take_back", "withdraw", "erase")),
    ],
)
async def test_two_words_in_the_same_moment_end_as_if_one_came_after_the_other(
    postgres_units: RealUnits, before: str | None, acts: tuple[str, ...]
) -> None:
    number = 0
    for pair in combinations_with_replacement(acts, 2):
        number += 10
        possible = await one_after_the_other(postgres_units, number, before, pair)
        for _ in range(TIMES):
            number += 1
            moment = Between(postgres_units, number)
            await moment.begins_with(before)
            said = await moment.at_once(*map(moment.named, pair))
            assert await moment.outcome(said) in possible, pair
