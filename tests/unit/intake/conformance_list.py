"""What every store must do with the list of cases, with who has a case, and with the audit lines of that."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.intake.domain.audited import Act
from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.course import Handover
from services.intake.domain.listing import CaseOrder, CaseSearch, Position
from services.intake.handlers.consents import withdraw_case
from shared.unit_of_work import Units
from tests.parts.audit import CHAIN, of_the_vault
from tests.unit.intake.builders import (
    COLLEAGUE,
    COORDINATOR,
    OTHER_SCHOOL,
    ROOS,
    SCHOOL,
    STRANGER,
    everybody_joins,
    need,
    request,
    submit_request,
)
from tests.unit.intake.conformance_household import HouseholdConformance

Store = Units[Any]


async def _cases(units: Store) -> list[Case]:
    """One of Roos, one of her colleague for a laptop, and one of another school that was withdrawn."""
    asked = [
        request(),
        request(ambassador_id=COLLEAGUE.person_id, needs=(need("laptop"),)),
        request(ambassador_id=STRANGER.person_id, organisation_id=OTHER_SCHOOL),
    ]
    found = []
    for one in asked:
        async with units.begin() as unit:
            await everybody_joins(unit)
            found.append(await submit_request(one, unit))
    async with units.begin() as unit:
        await withdraw_case(found[2].id, unit, STRANGER)
    return found


class ListConformance(HouseholdConformance):
    """A part of `StoreConformance`."""

    async def test_search_finds_what_is_looked_for_and_nothing_else(self, units: Store) -> None:
        mine, theirs, withdrawn = [case.id for case in await _cases(units)]
        open_ones = frozenset({CaseState.RECEIVED})
        searches = {
            CaseSearch(): {mine, theirs, withdrawn},
            CaseSearch(organisations=frozenset({SCHOOL})): {mine, theirs},
            CaseSearch(organisations=frozenset()): set(),
            CaseSearch(ambassadors=frozenset({ROOS.person_id, STRANGER.person_id})): {mine, withdrawn},
            CaseSearch(states=open_ones): {mine, theirs},
            CaseSearch(states=frozenset({CaseState.ERASING})): set(),
            CaseSearch(category="laptop"): {theirs},
            CaseSearch(category="clothing", states=open_ones): {mine},
            CaseSearch(category="sport"): set(),
        }
        async with units.begin() as unit:
            for search, expected in searches.items():
                assert {case.id for case in await unit.cases.find(search, None, 9)} == expected, search
                assert sum((await unit.cases.count(search)).values()) == len(expected), search

    async def test_every_order_goes_on_where_the_page_before_ended(self, units: Store) -> None:
        cases = await _cases(units)
        for order in CaseOrder:
            search, shown, after = CaseSearch(order=order), list[Case](), None
            async with units.begin() as unit:
                while page := await unit.cases.find(search, after, 1):
                    shown += page
                    after = Position.of(page[-1], order)
            moments = [(order.at(case), case.id) for case in shown]
            assert len(shown) == len(cases)
            assert moments == sorted(moments, reverse=order.is_downward)

    async def test_states_are_counted(self, units: Store) -> None:
        await _cases(units)
        async with units.begin() as unit:
            assert await unit.cases.count(CaseSearch()) == {CaseState.RECEIVED: 2, CaseState.WITHDRAWN: 1}

    async def test_case_comes_back_with_its_handover_and_who_filed_it(self, units: Store) -> None:
        async with units.begin() as unit:
            await everybody_joins(unit)
            case = await submit_request(request(filed_by=COORDINATOR.person_id), unit)
        async with units.begin() as unit:
            locked = await unit.cases.get(case.id)
            locked.handover = Handover(ROOS.person_id)
            await unit.cases.save(locked)
        async with units.begin() as unit:
            read = await unit.cases.read(case.id)
            assert (read.opening.filed_by, read.handover) == (COORDINATOR.person_id, Handover(ROOS.person_id))
            read.handover = replace(read.handover, told_on=date(2026, 3, 9))
            await unit.cases.save(read)
        async with units.begin() as unit:
            assert (await unit.cases.read(case.id)).handover == Handover(ROOS.person_id, date(2026, 3, 9))

    async def audit_lines(self, units: Store) -> list[Any]:
        """The audit chain of this store."""
        raise NotImplementedError

    async def test_what_was_done_is_a_line_for_each_case(self, units: Store) -> None:
        first, second = (await _cases(units))[:2]
        async with units.begin() as unit:
            await unit.vault.record([first.id, second.id], Act.HANDED_OVER, COORDINATOR.person_id)
        lines = [line.entry for line in of_the_vault(await self.audit_lines(units))]
        assert [(line.about_id, line.action, line.purpose, line.actor.person_id) for line in lines] == [
            (case.id, "write", "handed-over", COORDINATOR.person_id) for case in (first, second)
        ]
        assert CHAIN.verify(await self.audit_lines(units)) is None
