"""What every store must do with marks of children, and with the pairs that are found by them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.intake.domain.dossier import Fact
from services.intake.domain.safety import set_hold
from services.intake.domain.same_child import PairState, SameChild
from shared.unit_of_work import Units
from tests.unit.intake.builders import NOW, PARTNER, ROOS, everybody_joins, request, submit_request

Store = Units[Any]
FAMILY = UUID("00000000-0000-7000-8000-0000000000f2")


class SameChildConformance:
    async def _asked(self, units: Store, *changes: dict[str, Any]) -> list[UUID]:
        """Requests one after another, of one child unless they say otherwise."""
        found = []
        async with units.begin() as unit:
            await everybody_joins(unit)
        for each in changes:
            async with units.begin() as unit:
                facts = {**request().facts, **each.pop("facts", {})}
                found.append((await submit_request(replace(request(), **each, facts=facts), unit)).id)
        return found

    async def _found(self, units: Store) -> list[tuple[UUID, UUID]]:
        async with units.begin() as unit:
            found: list[tuple[UUID, UUID]] = await unit.same_children.find_new(50)
        return found

    async def test_requests_for_one_child_are_found_older_first_until_they_are_a_pair(self, units: Store) -> None:
        first, second, _ = await self._asked(units, {}, {}, {"facts": {Fact.FIRST_NAME: "Ander"}})
        pair = await self._in_order(units, first, second)
        assert await self._found(units) == [tuple(pair)]
        async with units.begin() as unit:
            made = SameChild(unit.ids.new(), pair[0], pair[1], unit.now)
            assert await unit.same_children.add(made)
            assert not await unit.same_children.add(replace(made, id=unit.ids.new()))
        assert await self._found(units) == []

    async def _in_order(self, units: Store, *ids: UUID) -> list[UUID]:
        async with units.begin() as unit:
            cases = [await unit.cases.read(one) for one in ids]
        return [case.id for case in sorted(cases, key=lambda case: (case.received_at, case.id))]

    async def test_one_family_a_secret_address_and_a_hold_are_found_by_nobody(self, units: Store) -> None:
        first, *_ = await self._asked(units, {"household_id": FAMILY}, {"household_id": FAMILY}, {"district": "oost"})
        assert await self._found(units) == []
        secret, other = await self._asked(
            units, {"district": "oost", "address_is_secret": True}, {"district": "oost", "household_id": FAMILY}
        )
        assert not any(secret in pair for pair in await self._found(units))
        async with units.begin() as unit:
            case = await unit.cases.get(first)
            set_hold(case, ROOS.person_id, unit.now)
            await unit.cases.save(case)
        assert not any(other in pair for pair in await self._found(units))

    async def test_child_with_another_mark_or_none_is_found_no_more(self, units: Store) -> None:
        first, second = await self._asked(units, {}, {})
        for mark, expected in ((None, 0), (b"other", 0), (b"same", 1)):
            async with units.begin() as unit:
                await unit.same_children.mark(first, mark)
                if mark == b"same":
                    await unit.same_children.mark(second, mark)
            assert len(await self._found(units)) == expected

    async def test_pair_is_kept_as_it_was_and_listed_by_its_state(self, units: Store) -> None:
        first, second = await self._asked(units, {}, {})
        made = SameChild(UUID(int=7), first, second, NOW, older_agreed_by=ROOS.person_id, left_out_younger=(PARTNER,))
        joined = replace(made, state=PairState.JOINED, settled_at=NOW + timedelta(days=1), left_out_older=(FAMILY,))
        async with units.begin() as unit:
            await unit.same_children.add(made)
        async with units.begin() as unit:
            assert await unit.same_children.list_asked() == [made]
            assert await unit.same_children.get(made.id) == made
            assert await unit.same_children.get(UUID(int=8)) is None
            await unit.same_children.save(joined)
        async with units.begin() as unit:
            assert await unit.same_children.list_of_case(second) == [joined]
            assert await unit.same_children.list_joined() == [joined]
            assert await unit.same_children.list_asked() == []

    async def test_case_that_leaves_needs_to_no_plan_is_listed_while_it_is_open_and_goes_on(self, units: Store) -> None:
        first, second, held = await self._asked(units, {}, {}, {"facts": {Fact.FIRST_NAME: "Ander"}})
        async with units.begin() as unit:
            for case_id in (first, held):
                case = await unit.cases.get(case_id)
                case.elsewhere = (case.needs[0].need_id,)
                if case_id == held:
                    set_hold(case, ROOS.person_id, unit.now)
                await unit.cases.save(case)
        for state, expected in ((PairState.JOINED, []), (PairState.PARTED, [first])):
            async with units.begin() as unit:
                await unit.same_children.save(SameChild(UUID(int=7), first, second, NOW, state))
            async with units.begin() as unit:
                assert await unit.same_children.list_alone() == expected

    async def test_pair_and_mark_go_with_the_key_of_either(self, units: Store) -> None:
        first, second = await self._asked(units, {}, {})
        async with units.begin() as unit:
            await unit.same_children.add(SameChild(UUID(int=7), first, second, NOW))
            await unit.vault.forget(second)
        async with units.begin() as unit:
            assert await unit.same_children.list_of_case(first) == []
        assert await self._found(units) == []
