"""What every store of early signals must do."""

from copy import copy
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.intake.domain.signal import Signal
from shared.events.base import AgeBand
from shared.events.case_codes import SignalEnd
from shared.unit_of_work import Units
from tests.unit.intake.builders import COLLEAGUE, NOW, ROOS, SCHOOL

ID, OTHER = (UUID(f"00000000-0000-7000-8000-0000000000{end}") for end in ("c1", "c2"))
OWNER = ROOS.person_id


def a_signal(signal_id: UUID = ID, code: str = "AAAA-AAAA", **changes: Any) -> Signal:  # noqa: ANN401 - any field of what is made
    """Of Roos, about whom she knows nothing more."""
    signal = Signal(
        signal_id, code, OWNER, SCHOOL, ("stress-at-home", "too-little-food"), None, None, NOW,
        NOW + timedelta(weeks=5), NOW + timedelta(weeks=6),
    )  # fmt: skip
    for name, value in changes.items():
        setattr(signal, name, value)
    return signal


class SignalConformance:
    """A part of `StoreConformance`."""

    async def test_signal_comes_back_as_it_was_kept_for_its_ambassador_only(self, units: Units[Any]) -> None:
        signal, known = a_signal(), a_signal(OTHER, "CCCC-CCCC", district="noord", age_band=AgeBand.CHILD)
        known.raised_at += timedelta(days=1)
        async with units.begin() as unit:
            assert await unit.signals.add(copy(signal), "Vrijdag vragen.")
            assert await unit.signals.add(copy(known), None)
        async with units.begin() as unit:
            assert await unit.signals.read(ID, OWNER) == await unit.signals.get(ID, OWNER) == signal
            assert await unit.signals.read(ID, COLLEAGUE.person_id) is None
            assert await unit.signals.list_open(OWNER) == [known, signal]
            assert await unit.signals.list_open(COLLEAGUE.person_id) == []
            assert await unit.signals.remark_of(ID) == "Vrijdag vragen."
            assert await unit.signals.remark_of(OTHER) is None

    async def test_signal_whose_id_or_code_is_taken_is_not_added(self, units: Units[Any]) -> None:
        async with units.begin() as unit:
            assert await unit.signals.add(a_signal(), "Vrijdag vragen.")
        for again in (a_signal(code="CCCC-CCCC"), a_signal(OTHER)):
            async with units.begin() as unit:
                assert not await unit.signals.add(again, "Iets anders.")
                assert await unit.signals.remark_of(ID) == "Vrijdag vragen."

    async def test_remark_is_destroyed_with_the_end_of_its_signal(self, units: Units[Any]) -> None:
        async with units.begin() as unit:
            await unit.signals.add(a_signal(), "Vrijdag vragen.")
        async with units.begin() as unit:
            signal = await unit.signals.get(ID, OWNER)
            signal.finish(SignalEnd.NO_LONGER_NEEDED, NOW)
            await unit.signals.save(signal)
        async with units.begin() as unit:
            assert await unit.signals.read(ID, OWNER) == signal
            assert await unit.signals.remark_of(ID) is None
            assert await unit.signals.list_open(OWNER) == []

    async def test_signal_that_became_a_case_goes_with_it(self, units: Units[Any]) -> None:
        became = a_signal(case_id=SCHOOL, end=SignalEnd.BECAME_REQUEST)
        async with units.begin() as unit:
            await unit.signals.add(became, None)
            await unit.signals.add(a_signal(OTHER, "CCCC-CCCC"), None)
        async with units.begin() as unit:
            await unit.signals.forget_of_case(SCHOOL)
        async with units.begin() as unit:
            assert await unit.signals.read(ID, OWNER) is None
            assert await unit.signals.read(OTHER, OWNER) is not None

    async def test_signal_is_due_when_its_question_or_its_end_has_come(self, units: Units[Any]) -> None:
        asked = a_signal(OTHER, "CCCC-CCCC", asked_at=NOW + timedelta(weeks=5))
        over = a_signal(SCHOOL, "DDDD-DDDD", end=SignalEnd.EXPIRED)
        async with units.begin() as unit:
            for each in (a_signal(), asked, over):
                await unit.signals.add(each, None)
        for weeks, due in ((4, []), (5, [ID]), (6, [ID, OTHER])):
            async with units.begin() as unit:
                found = await unit.signals.list_due(NOW + timedelta(weeks=weeks), 9)
                assert [each.id for each in found] == due
                assert len(await unit.signals.list_due(NOW + timedelta(weeks=weeks), 1)) == min(1, len(due))

    async def test_signal_that_goes_to_another_is_theirs_and_found_by_who_passed_it_on(self, units: Units[Any]) -> None:
        async with units.begin() as unit:
            await unit.signals.add(a_signal(), "Vrijdag vragen.")
            await unit.signals.add(a_signal(OTHER, "CCCC-CCCC"), None)
        async with units.begin() as unit:
            signal = await unit.signals.get(ID, OWNER)
            signal.pass_on(COLLEAGUE.person_id, SCHOOL, NOW)
            await unit.signals.save(signal)
            await unit.signals.forget_remark(ID)
        async with units.begin() as unit:
            assert await unit.signals.read(ID, OWNER) is None
            assert await unit.signals.read(ID, COLLEAGUE.person_id) == signal
            assert await unit.signals.list_passed_on(OWNER, 9) == [signal]
            assert await unit.signals.list_passed_on(COLLEAGUE.person_id, 9) == []
            assert await unit.signals.remark_of(ID) is None

    async def test_training_comes_back_as_it_was_noted_last(self, units: Units[Any]) -> None:
        today = NOW.date()
        async with units.begin() as unit:
            await unit.trainings.save(OWNER, today)
            await unit.trainings.save(OWNER, today + timedelta(days=1))
            await unit.trainings.save(COLLEAGUE.person_id, today)
            await unit.trainings.remove(COLLEAGUE.person_id)
        async with units.begin() as unit:
            assert await unit.trainings.read(OWNER) == today + timedelta(days=1)
            assert await unit.trainings.read(COLLEAGUE.person_id) is None
