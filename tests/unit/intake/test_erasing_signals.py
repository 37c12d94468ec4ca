"""The early signal that became a case is erased with it."""

from uuid import UUID

from services.intake.commands import RaiseSignal
from services.intake.handlers import erasing
from services.intake.handlers.signals import become_request, raise_signal
from shared.events.intake import CaseErased
from tests.unit.intake.builders import ROOS, assessed, said


async def test_early_signal_that_became_the_case_goes_with_it_and_the_others_hear_which() -> None:
    units, case = await assessed()
    signal_id = UUID(int=7)
    async with units.begin() as unit:
        await raise_signal(RaiseSignal(signal_id=signal_id, worries=("often-absent",)), unit, ROOS)
    async with units.begin() as unit:
        await become_request(signal_id, ROOS.person_id, case.id, unit)
    async with units.begin() as unit:
        await erasing.erase_case(case.id, unit)
    assert [event.signals for event in said(units) if isinstance(event, CaseErased)] == [(signal_id,)]
    assert str(signal_id) not in repr(units.tables.tables["signals"])
