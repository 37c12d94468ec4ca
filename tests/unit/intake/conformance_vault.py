"""What every store of intake must do with what was agreed about a case, its notes, and what children are called."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from services.intake.commands import AgreeFollowUps, GiveBackRequest, PauseCase, PlanHomeVisit
from services.intake.domain.dossier import Fact, NeedWords, Note, NoteKind
from services.intake.domain.timeline import PLANNED, TimelineEntry
from services.intake.handlers.cases import close_case, give_back
from services.intake.handlers.course import agree_follow_ups, complete_home_visit, pause_case, plan_home_visit
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.requests import submit_requests
from services.intake.ports import IntakeUnit
from shared.events.case_codes import FollowUpRhythm, MissingPart, PauseWish
from shared.unit_of_work import Units
from tests.unit.intake.builders import (
    COLLEAGUE,
    COORDINATOR,
    NOW,
    ROOS,
    SCHOOL,
    closing,
    everybody_joins,
    inventory,
    need,
    request,
)

Store = Units[Any]
FOLLOW_UP = UUID("00000000-0000-7000-8000-0000000000d5")


async def submitted_as(units: Store, **changes: Any) -> Any:  # noqa: ANN401 - the case, or why there is none
    """A case of this request."""
    async with units.begin() as unit:
        await everybody_joins(unit)
        (case,) = await submit_requests([request(**changes)], unit)
    return case


class CourseConformance:
    """A part of `StoreConformance`."""

    async def test_case_comes_back_with_all_that_was_agreed(self, units: Store) -> None:
        case = await submitted_as(units, family_knows=True)
        async with units.begin() as unit:
            await plan_home_visit(
                PlanHomeVisit(case.id, unit.city.day_of(unit.now), time(14, 30), note="Met Jet."), unit, ROOS
            )
            await complete_home_visit(case.id, unit, ROOS, took_place=False)
            await agree_follow_ups(AgreeFollowUps(case.id, FollowUpRhythm.MONTHLY, COLLEAGUE.person_id), unit, ROOS)
            await give_back(GiveBackRequest(case.id, (MissingPart.FOR_WHOM,), "Voor wie?"), unit, COORDINATOR)
            until = unit.city.day_of(unit.now) + timedelta(days=9)
            kept = await pause_case(PauseCase(case.id, until, PauseWish.TOGETHER), unit, ROOS)
        async with units.begin() as unit:
            assert await unit.cases.read(case.id) == kept
        async with units.begin() as unit:
            closed = await close_case(await closing(case.id, unit), unit, ROOS)
        async with units.begin() as unit:
            assert await unit.cases.read(case.id) == closed

    async def test_note_is_kept_once_and_opened_with_the_words_only(self, units: Store) -> None:
        case = await submitted_as(units)
        note = Note(FOLLOW_UP, case.id, NoteKind.FOLLOW_UP, ROOS.person_id, NOW, "Eerst dit.")
        for words in ("Eerst dit.", "Dan dat."):
            async with units.begin() as unit:
                await unit.vault.keep_note(replace(note, words=words))
        async with units.begin() as unit:
            opened = await unit.vault.open(case.id, [Fact.FIRST_NAME], ROOS, "test", words=True)
            without = await unit.vault.open(case.id, [Fact.FIRST_NAME], ROOS, "test", words=False)
        assert (opened.notes, without.notes) == ((replace(note, words="Dan dat."),), ())
        async with units.begin() as unit:
            await unit.vault.keep_note(replace(note, words=""))
        async with units.begin() as unit:
            assert (await unit.vault.open(case.id, [], ROOS, "test", words=True)).notes == ()

    async def test_goal_and_day_of_a_need_come_back_with_its_words(self, units: Store) -> None:
        case = await submitted_as(units)
        asked = need("bike", words=None, goal="Zelf naar school", target_on=date(2027, 5, 1))
        async with units.begin() as unit:
            case = await complete_inventory(inventory(case.id, [asked]), unit, ROOS)
            opened = await unit.vault.open(case.id, [], ROOS, "test", words=True)
        assert opened.needs == {case.needs[0].need_id: NeedWords(None, "Zelf naar school", "2027-05-01")}

    async def test_children_are_called_as_they_prefer_each_reading_written_down(self, units: Store) -> None:
        first, second = [await submitted_as(units) for _ in range(2)]
        async with units.begin() as unit:
            await unit.vault.tell(second.id, {Fact.PREFERRED_NAME: "Zon"})
            called = await unit.vault.open_names([first.id, second.id, FOLLOW_UP], ROOS, "case-list")
        assert {case_id: one.called for case_id, one in called.items()} == {first.id: "Zonnetje", second.id: "Zon"}
        lines = await self.audit_lines(units)
        assert sorted(line.entry.about_id for line in lines) == sorted([first.id, second.id])
        async with units.begin() as unit:
            await unit.vault.tell(second.id, {Fact.PREFERRED_NAME: None})
            called = await unit.vault.open_names([second.id], ROOS, "case-list")
        assert called[second.id].called == "Zonnetje"

    async def test_plans_are_forgotten_and_what_happened_stays(self, units: Store) -> None:
        case = await submitted_as(units)
        for entry_id, kind in ((FOLLOW_UP, PLANNED), (case.id, "request-acknowledged")):
            async with units.begin() as unit:
                await unit.timeline.add(TimelineEntry(entry_id, case.id, NOW, kind))
        async with units.begin() as unit:
            await unit.timeline.forget_plans(case.id)
            assert [line.kind for line in await unit.timeline.list_entries(case.id)] == ["request-acknowledged"]

    async def test_colleagues_are_the_active_people_of_the_organisation(self, units: Store) -> None:
        await submitted_as(units)
        async with units.begin() as unit:
            await self._leaves(COLLEAGUE.person_id, unit)
        async with units.begin() as unit:
            assert [one.person_id for one in await unit.members.list_of_organisation(SCHOOL)] == [ROOS.person_id]

    async def _leaves(self, person_id: UUID, unit: IntakeUnit) -> None:
        person = await unit.members.read(person_id)
        assert person is not None
        await unit.members.save(replace(person, active=False))

    async def audit_lines(self, units: Store) -> list[Any]:
        """The audit chain of this store."""
        raise NotImplementedError
