"""Every ranking and every choice of a need is kept, and goes with its case: the same on the twin and on PostgreSQL."""

from datetime import date

from services.matching.domain.search_history import ChoiceKind, Considered, DeskChoice
from services.matching.ports import MatchingUnit
from shared.events.desk_codes import ChoiceReason, PostponeReason, UnavailableReason
from shared.unit_of_work import Units
from tests.unit.matching.city import NOON, named

BIKE, SPORT, CASE = named("need bike"), named("need sport"), named("case")
FIRST = [
    Considered(1, named("s1"), named("o1"), 40, ("Werkt in Oost",)),
    Considered(0, named("s2"), named("o2"), 0, ("Heeft nu geen plek",)),
]


def a_choice(name: str, kind: ChoiceKind, **changes: object) -> DeskChoice:
    return DeskChoice(named(name), CASE, BIKE, kind, named("regie"), NOON, **changes)  # type: ignore[arg-type]  # any of its fields


CHOICES = [
    a_choice("asked", ChoiceKind.ASK, reason=ChoiceReason.FITS_BETTER, service_id=named("s2"), against=("Vol",)),
    a_choice("waits", ChoiceKind.WAIT, reason=PostponeReason.PLACE_COMES, until=date(2026, 3, 9)),
    a_choice("no help", ChoiceKind.NO_HELP, reason=UnavailableReason.OTHER),
    a_choice("looked again", ChoiceKind.LOOK_AGAIN),
]


async def test_every_ranking_is_kept_with_its_number_and_its_moment(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.history.add_ranking(CASE, BIKE, FIRST)
        await unit.history.add_ranking(CASE, SPORT, [])
    async with units.begin() as unit:
        await unit.history.add_ranking(CASE, BIKE, FIRST[1:])
        at = unit.now

    async with units.begin() as unit:
        kept = await unit.history.list_rankings(BIKE)
        assert [(one.number, list(one.lines)) for one in kept] == [(2, FIRST[1:]), (1, FIRST)]
        assert kept[0].made_at == at
        assert [(one.number, one.lines) for one in await unit.history.list_rankings(SPORT)] == [(1, ())]


async def test_choices_are_kept_whole(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        for choice in CHOICES:
            await unit.history.add_choice(choice)

    async with units.begin() as unit:
        kept = await unit.history.list_choices(BIKE)
        assert sorted(kept, key=lambda one: one.kind) == sorted(CHOICES, key=lambda one: one.kind)
        assert await unit.history.list_choices(SPORT) == []


async def test_forgotten_case_leaves_no_ranking_and_no_choice(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.history.add_ranking(CASE, BIKE, FIRST)
        await unit.history.add_ranking(named("other case"), SPORT, FIRST)
        await unit.history.add_choice(CHOICES[0])

    async with units.begin() as unit:
        await unit.history.forget_case(CASE)

    async with units.begin() as unit:
        assert await unit.history.list_rankings(BIKE) == []
        assert await unit.history.list_choices(BIKE) == []
        assert len(await unit.history.list_rankings(SPORT)) == 1
