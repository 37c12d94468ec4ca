"""A case is kept no longer than the city says: its ambassador reads it weeks ahead, and whoever goes on keeps it."""

from datetime import date, timedelta

import pytest

from services.intake.commands import CloseCase
from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.erasure import kept_until
from services.intake.handlers.cases import close_case, raise_new_question, reopen_case
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.erasing import erase_what_is_left
from services.intake.handlers.retention import keep_no_longer
from services.intake.schedule import JOBS
from shared.events.intake import CaseErased, ErasurePlanned
from tests.parts.city import a_city
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import NOW, ROOS, Units, closing, received, said

KEPT = a_city().retention
DAY, WARNED = timedelta(days=1), timedelta(weeks=KEPT.warn_weeks)


class Kept:
    """A case that ended, and the days that pass."""

    def __init__(self, units: Units, clock: HeldClock, case: Case) -> None:
        self.units, self.clock, self.case = units, clock, case

    @classmethod
    async def that_ended(cls, how: CaseState) -> "Kept":
        clock = HeldClock(NOW)
        units, case = await received(clock)
        async with units.begin() as unit:
            if how is CaseState.WITHDRAWN:
                await withdraw_case(case.id, unit, ROOS)
            else:
                command: CloseCase = await closing(case.id, unit)
                await close_case(command, unit, ROOS)
        return cls(units, clock, case)

    async def passes(self, until: date) -> None:
        """Up to and with this day."""
        self.clock.forward(timedelta(days=(until - a_city().day_of(self.clock.now())).days))
        async with self.units.begin() as unit:
            await keep_no_longer(unit)

    @property
    def planned(self) -> list[date]:
        return [event.erased_on for event in said(self.units) if isinstance(event, ErasurePlanned)]

    async def state(self) -> CaseState | None:
        async with self.units.begin() as unit:
            case = await unit.cases.read(self.case.id)
        return case.state if case else None


def term(how: CaseState) -> date:
    return kept_until(how, a_city().day_of(NOW), a_city())


@pytest.mark.parametrize("how", [CaseState.WITHDRAWN, CaseState.CLOSED])
async def test_ambassador_reads_it_weeks_ahead_once_and_then_it_is_erased(how: CaseState) -> None:
    kept, ends = await Kept.that_ended(how), term(how)
    await kept.passes(ends - WARNED - DAY)
    assert kept.planned == []
    for day in (ends - WARNED, ends - DAY):
        await kept.passes(day)
        assert (kept.planned, await kept.state()) == ([ends], how)
    await kept.passes(ends)
    assert await kept.state() is CaseState.ERASING
    async with kept.units.begin() as unit:
        await erase_what_is_left(unit)
    assert [type(event) for event in said(kept.units)] == [CaseErased]


async def test_case_of_which_nobody_could_be_warned_in_time_gets_all_its_weeks() -> None:
    """Schakel was off, or the city made its terms shorter."""
    kept = await Kept.that_ended(CaseState.CLOSED)
    late = term(CaseState.CLOSED) + timedelta(days=100)
    await kept.passes(late)
    assert kept.planned == [late + WARNED]
    assert await kept.state() is CaseState.CLOSED


@pytest.mark.parametrize("goes_on", ["reopened", "new question"])
async def test_case_that_goes_on_is_kept_and_its_time_begins_anew_at_its_next_end(goes_on: str) -> None:
    kept, ends = await Kept.that_ended(CaseState.CLOSED), term(CaseState.CLOSED)
    await kept.passes(ends - DAY)
    async with kept.units.begin() as unit:
        handler = reopen_case if goes_on == "reopened" else raise_new_question
        await handler(kept.case.id, unit, ROOS)
    await kept.passes(ends + timedelta(days=400))
    assert len(kept.planned) == 1
    assert await kept.state() is CaseState.IN_INVENTORY
    async with kept.units.begin() as unit:
        await close_case(await closing(kept.case.id, unit), unit, ROOS)
    again = kept_until(CaseState.CLOSED, a_city().day_of(kept.clock.now()), a_city())
    await kept.passes(again - WARNED)
    assert kept.planned == [kept.planned[0], again]


async def test_closed_case_that_is_withdrawn_is_kept_as_long_as_a_withdrawn_one() -> None:
    kept = await Kept.that_ended(CaseState.CLOSED)
    async with kept.units.begin() as unit:
        await withdraw_case(kept.case.id, unit, ROOS)
    await kept.passes(term(CaseState.WITHDRAWN) - WARNED)
    assert kept.planned == [term(CaseState.WITHDRAWN)]


@pytest.mark.parametrize(
    ("ended", "months", "until"),
    [
        (date(2026, 2, 14), 12, date(2027, 2, 14)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2028, 2, 29), 12, date(2029, 3, 1)),
        (date(2026, 1, 31), 1, date(2026, 3, 3)),
    ],
)
def test_months_are_those_of_the_calendar_and_never_shorter(ended: date, months: int, until: date) -> None:
    kept = KEPT.model_copy(update={"closed_months": months})
    assert kept_until(CaseState.CLOSED, ended, a_city().model_copy(update={"retention": kept})) == until


def test_terms_and_what_is_left_are_looked_at_every_hour() -> None:
    assert {job.name for job in JOBS if job.pause <= timedelta(hours=1)} >= {"keep no longer", "erase what is left"}
