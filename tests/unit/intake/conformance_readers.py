"""What every store of intake must tell of those who read, by its audit log."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from services.intake.domain.audited import LIST
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.requests import submit_requests
from services.intake.handlers.unusual_reading import find_unusual_reading
from shared.events.case_codes import UnusualReading
from shared.privacy.audit import About, Action
from shared.unit_of_work import Units
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, NOW, ROOS, everybody_joins, request

Store = Units[Any]
DEPUTY: Final = replace(COLLEAGUE, stands_in_for=frozenset({ROOS.person_id}))


class ReadersConformance:
    """A part of `StoreConformance`."""

    async def test_busy_is_who_opened_more_families_and_not_who_opened_one_again_or_has_a_long_list(
        self, units: Store
    ) -> None:
        cases = await some_cases(units, 3)
        async with units.begin() as unit:
            for case in cases:
                await opens(case, unit, ROOS)
            for _ in cases:
                await opens(cases[0], unit, COORDINATOR)
            await unit.vault.open_names([case.id for case in cases], COLLEAGUE, LIST)
        async with units.begin() as unit:
            (busy,) = await unit.readers.list_busy(NOW, 2)
            assert (busy.person_id, busy.families) == (ROOS.person_id, 3)
            assert [one.person_id for one in await unit.readers.list_busy(NOW, 0)] == sorted(
                (ROOS.person_id, COORDINATOR.person_id)
            )
            assert await unit.readers.list_busy(NOW, 3) == []

    async def test_without_a_task_is_who_opens_in_the_place_of_another_what_was_over_before(self, units: Store) -> None:
        going_on, over = await some_cases(units, 2)
        async with units.begin() as unit:
            await withdraw_case(over.id, unit, ROOS)
        async with units.begin() as unit:
            await opens(over, unit, ROOS)
        async with units.begin() as unit:
            await opens(going_on, unit, DEPUTY, for_another=True)
        async with units.begin() as unit:
            assert await unit.readers.list_without_task(NOW) == []
        async with units.begin() as unit:
            ended = await unit.cases.get(over.id)
            await unit.cases.save(replace(ended, changed_at=ended.changed_at - timedelta(hours=1)))
        async with units.begin() as unit:
            await opens(over, unit, DEPUTY, for_another=True)
        async with units.begin() as unit:
            (found,) = await unit.readers.list_without_task(NOW)
            assert (found.person_id, found.families) == (DEPUTY.person_id, 1)

    async def test_last_time_that_the_desk_was_told_is_of_this_person_and_kind(self, units: Store) -> None:
        async with units.begin() as unit:
            unit.audit.record(
                Action.ADMINISTER, About.PERSON, ROOS.person_id, "unusual-reading", reason=UnusualReading.MANY_FILES
            )
            at = unit.now
        async with units.begin() as unit:
            assert await unit.readers.last_told(ROOS.person_id, UnusualReading.MANY_FILES) == at
            assert await unit.readers.last_told(ROOS.person_id, UnusualReading.WITHOUT_TASK) is None
            assert await unit.readers.last_told(COLLEAGUE.person_id, UnusualReading.MANY_FILES) is None

    async def test_last_reason_is_of_this_case_and_person(self, units: Store) -> None:
        case, other = await some_cases(units, 2)
        async with units.begin() as unit:
            unit.audit.by(replace(unit.audit.actor, person_id=COORDINATOR.person_id))
            unit.audit.record(Action.BREAK_GLASS, About.CASE, case.id, "open-family", reason="safety")
            at = unit.now
        async with units.begin() as unit:
            assert await unit.readers.last_reason(case.id, COORDINATOR.person_id) == at
            assert await unit.readers.last_reason(other.id, COORDINATOR.person_id) is None
            assert await unit.readers.last_reason(case.id, ROOS.person_id) is None

    async def test_desk_is_told_once_of_a_person_however_often_it_is_looked_at(self, units: Store) -> None:
        cases = await some_cases(units, 26)
        async with units.begin() as unit:
            for case in cases:
                await opens(case, unit, ROOS)
        told = []
        for _ in range(3):
            async with units.begin() as unit:
                await find_unusual_reading(unit)
                told += [each.event for each in unit.outbox.pending]
        (found,) = told
        assert (found.subject, found.kind, found.families) == (ROOS.person_id, UnusualReading.MANY_FILES, 26)


async def some_cases(units: Store, count: int) -> list[Any]:
    async with units.begin() as unit:
        await everybody_joins(unit)
        return list(await submit_requests([request() for _ in range(count)], unit))


async def opens(case: Any, unit: Any, viewer: Viewer, *, for_another: bool = False) -> None:  # noqa: ANN401
    actor = replace(unit.audit.actor, person_id=viewer.person_id)
    unit.audit.by(replace(actor, in_place_of=ROOS.person_id if for_another else None))
    await unit.vault.open(case.id, [Fact.PHONE], viewer, "case-page", words=False)
