"""What every store of intake must do. The same tests run on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.commands import SubmitRequest
from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.dossier import Dossier, Fact, NeedWords
from services.intake.domain.errors import NoCodeFree, UnknownCase
from services.intake.domain.listing import CaseSearch, Position
from services.intake.domain.progress import NeedProgress, Progress
from services.intake.domain.timeline import TimelineEntry
from services.intake.handlers.cases import close_case
from services.intake.handlers.erasing import erase_case
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.requests import submit_requests
from shared.events.base import AgeBand, Horizon
from shared.kernel.errors import Refusal
from shared.unit_of_work import Units
from tests.parts.audit import of_the_vault
from tests.unit.intake.builders import (
    COORDINATOR,
    NOW,
    OTHER_SCHOOL,
    PARTNER,
    ROOS,
    SCHOOL,
    SERVICE,
    STRANGER,
    closing,
    everybody_joins,
    inventory,
    need,
    request,
)
from tests.unit.intake.conformance_alike import AlikeConformance
from tests.unit.intake.conformance_consents import ConsentConformance
from tests.unit.intake.conformance_drafts import DraftConformance
from tests.unit.intake.conformance_family import FamilyConformance
from tests.unit.intake.conformance_keys import KeyConformance
from tests.unit.intake.conformance_list import ListConformance
from tests.unit.intake.conformance_network import NetworkConformance
from tests.unit.intake.conformance_readers import ReadersConformance
from tests.unit.intake.conformance_same_child import SameChildConformance
from tests.unit.intake.conformance_signals import SignalConformance
from tests.unit.intake.conformance_vault import CourseConformance

Store = Units[Any]
ID = UUID("00000000-0000-7000-8000-0000000000d1")


async def submitted(units: Store, *requests: SubmitRequest) -> list[Case]:
    """Cases of these requests, all in one transaction."""
    async with units.begin() as unit:
        await everybody_joins(unit)
        outcomes = await submit_requests(requests, unit)
    return [_case(outcome) for outcome in outcomes]


def _case(outcome: Case | Refusal) -> Case:
    assert isinstance(outcome, Case)
    return outcome


async def seen(units: Store, case_id: UUID) -> Case:
    async with units.begin() as unit:
        case = await unit.cases.read(case_id)
    return _case(case)


class StoreConformance(
    AlikeConformance, FamilyConformance, KeyConformance, DraftConformance, ConsentConformance, SignalConformance,
    CourseConformance, ListConformance, NetworkConformance, ReadersConformance, SameChildConformance,
):  # fmt: skip
    """Subclass it with a fixture `units` of an empty store, and `same_codes` of one whose chance is always the same."""

    async def test_case_comes_back_as_it_was_stored(self, units: Store) -> None:
        (case,) = await submitted(units, request())
        assert await seen(units, case.id) == case

    async def test_case_comes_back_whole_after_its_inventory(self, units: Store) -> None:
        (case,) = await submitted(units, request())
        async with units.begin() as unit:
            soon = unit.city.day_of(unit.now + timedelta(days=10))
            visit = {"home_visit_on": soon, "excluded_organisations": (PARTNER,)}
            asked = [need("bike", horizon=Horizon.LONG), need("sport")]
            case = await complete_inventory(inventory(case.id, asked, **visit), unit, ROOS)
        assert await seen(units, case.id) == case

    async def test_unknown_case_is_none(self, units: Store) -> None:
        async with units.begin() as unit:
            assert await unit.cases.read(ID) is None
            assert await unit.cases.get(ID) is None

    async def test_what_fails_leaves_nothing(self, units: Store) -> None:
        (case,) = await submitted(units, request())
        with pytest.raises(ZeroDivisionError):
            await self._fails_after_closing(units, case.id)
        assert (await seen(units, case.id)).state is CaseState.RECEIVED

    async def _fails_after_closing(self, units: Store, case_id: UUID) -> None:
        async with units.begin() as unit:
            await close_case(await closing(case_id, unit), unit, ROOS)
            raise ZeroDivisionError

    async def test_taken_code_is_told_and_nothing_of_it_is_stored(self, same_codes: Store) -> None:
        async with same_codes.begin() as unit:
            await everybody_joins(unit)
            first, second = await submit_requests([request(), request()], unit)
        assert isinstance(second, NoCodeFree)
        async with same_codes.begin() as unit:
            assert [case.id for case in await unit.cases.find(CaseSearch(), None, 9)] == [_case(first).id]

    async def test_page_shows_the_newest_first_and_goes_on_where_it_was(self, units: Store) -> None:
        stored = await submitted(units, *[request()] * 5)
        shown: list[UUID] = []
        after = None
        async with units.begin() as unit:
            while page := await unit.cases.find(CaseSearch(frozenset({SCHOOL})), after, 2):
                shown += [case.id for case in page]
                after = Position(page[-1].received_at, page[-1].id)
        newest = sorted(stored, key=lambda case: (case.received_at, case.id), reverse=True)
        assert shown == [case.id for case in newest]

    async def test_page_shows_those_with_a_part_of_the_number(self, units: Store) -> None:
        first, _ = await submitted(units, request(), request())
        async with units.begin() as unit:
            assert await unit.cases.find(CaseSearch(number=first.code[:8]), None, 9) == [first]
            assert await unit.cases.find(CaseSearch(number="%"), None, 9) == []

    async def test_page_shows_those_of_the_organisation_only(self, units: Store) -> None:
        mine, theirs = await submitted(
            units, request(), request(ambassador_id=STRANGER.person_id, organisation_id=OTHER_SCHOOL)
        )
        async with units.begin() as unit:
            assert [case.id for case in await unit.cases.find(CaseSearch(frozenset({SCHOOL})), None, 9)] == [mine.id]
            assert {case.id for case in await unit.cases.find(CaseSearch(), None, 9)} == {mine.id, theirs.id}

    async def test_case_is_saved_with_the_age_band_that_it_has_now(self, units: Store) -> None:
        (case,) = await submitted(units, request())
        async with units.begin() as unit:
            locked = await unit.cases.get(case.id)
            assert locked is not None
            locked.opening = replace(locked.opening, age_band=AgeBand.TEENAGER)
            await unit.cases.save(locked)
        async with units.begin() as unit:
            saved = await unit.cases.read(case.id)
        assert saved == locked

    async def test_page_does_not_show_what_was_erased(self, units: Store) -> None:
        (case,) = await submitted(units, request())
        async with units.begin() as unit:
            await erase_case(case.id, unit)
        async with units.begin() as unit:
            assert await unit.cases.find(CaseSearch(), None, 9) == []

    async def test_vault_gives_the_facts_that_are_asked_for_and_no_other(self, units: Store) -> None:
        (case,) = await submitted(units, request())
        async with units.begin() as unit:
            dossier = await unit.vault.open(case.id, [Fact.FIRST_NAME, Fact.EMAIL], ROOS, "test", words=False)
        assert dossier == Dossier(case.id, {Fact.FIRST_NAME: "Zonnetje"}, {})

    async def test_vault_rewrites_the_named_facts_and_all_words_and_keeps_the_rest(self, units: Store) -> None:
        (case,) = await submitted(units, request())
        _, second = (each.need_id for each in case.needs)
        told = Dossier(
            case.id, {Fact.PHONE: "+31687654321"}, {second: NeedWords("Een warme jas."), ID: NeedWords("Nieuw.")}
        )
        async with units.begin() as unit:
            await unit.vault.rewrite(told, [Fact.PHONE, Fact.STORY])
        async with units.begin() as unit:
            dossier = await unit.vault.open(case.id, [Fact.PHONE, Fact.STORY, Fact.LAST_NAME], ROOS, "test", words=True)
        assert dossier.facts == {Fact.PHONE: "+31687654321", Fact.LAST_NAME: "Verzonnen"}
        assert dossier.words == {second: "Een warme jas.", ID: "Nieuw."}

    async def test_vault_opens_nothing_after_it_was_forgotten(self, units: Store) -> None:
        (case,) = await submitted(units, request())
        async with units.begin() as unit:
            await unit.vault.forget(case.id)
        async with units.begin() as unit:
            with pytest.raises(UnknownCase):
                await unit.vault.open(case.id, [Fact.FIRST_NAME], ROOS, "test", words=True)
            with pytest.raises(UnknownCase):
                await unit.vault.rewrite(Dossier(case.id), [Fact.PHONE])

    async def test_timeline_is_told_in_order_and_per_case(self, units: Store) -> None:
        ids = [UUID(int=number) for number in range(1, 5)]
        late = TimelineEntry(
            ids[0], ID, NOW + timedelta(days=1), "partner-accepted", PARTNER, SERVICE, "x", date(2026, 3, 12)
        )
        early = TimelineEntry(ids[1], ID, NOW, "partner-activated")
        other = TimelineEntry(ids[2], SCHOOL, NOW, "partner-activated")
        async with units.begin() as unit:
            for entry in (late, early, other):
                await unit.timeline.add(entry)
            assert await unit.timeline.list_entries(ID) == [early, late]
            await unit.timeline.forget(ID)
            assert await unit.timeline.list_entries(ID) == []
            assert await unit.timeline.list_entries(SCHOOL) == [other]

    async def test_progress_of_a_need_is_the_last_one(self, units: Store) -> None:
        asked = NeedProgress(SERVICE, ID, Progress.ASKED, NOW, PARTNER, SERVICE)
        accepted = NeedProgress(SERVICE, ID, Progress.ACCEPTED, NOW, PARTNER, SERVICE, date(2026, 3, 12))
        async with units.begin() as unit:
            await unit.timeline.save_progress(asked)
            await unit.timeline.save_progress(accepted)
            assert await unit.timeline.read_progress([ID, SCHOOL]) == {ID: [accepted]}
            await unit.timeline.forget(ID)
            assert await unit.timeline.read_progress([ID]) == {}

    async def test_reading_is_written_down_for_every_reader(self, units: Store) -> None:
        (case,) = await submitted(units, request())
        for viewer in (ROOS, COORDINATOR):
            async with units.begin() as unit:
                await unit.vault.open(case.id, [Fact.STORY], viewer, "page", words=True)
        lines = of_the_vault(await self.audit_lines(units))
        assert [(line.entry.actor.person_id, line.entry.fields, line.entry.purpose) for line in lines] == [
            (ROOS.person_id, ("goal", "notes", "story", "target_on", "words"), "page"),
            (COORDINATOR.person_id, ("goal", "notes", "story", "target_on", "words"), "page"),
        ]
