"""What every store of intake must tell of the family's own page: its way in, and what it said there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.intake.domain.case import Case
from services.intake.domain.dossier import Fact, Note, NoteKind
from services.intake.domain.family_access import FamilyAccess
from services.intake.domain.family_voice import Experience, FamilyAsk, HelpFelt
from shared.events.case_codes import FamilyQuestion
from shared.events.family_voice import Felt
from shared.unit_of_work import Units
from tests.unit.intake.builders import COORDINATOR, PARTNER, ROOS, everybody_joins, request, submit_request

Store = Units[Any]


class FamilyConformance:
    """A part of `StoreConformance`."""

    async def test_link_and_code_of_a_family_open_the_same_and_a_new_link_ends_the_old_one(self, units: Store) -> None:
        case = await a_case(units)
        async with units.begin() as unit:
            first = await unit.family_door.give(access_of(case, unit))
        async with units.begin() as unit:
            by_token, by_code = [await unit.family_door.find(each) for each in (first.token, first.short_code.lower())]
            assert by_token == by_code == await unit.family_door.read(case.id)
            kept = await unit.family_door.begin_visit(by_token, unit.now + timedelta(minutes=30))
        async with units.begin() as unit:
            assert await unit.family_door.visited(kept) == by_token
            second = await unit.family_door.give(access_of(case, unit))
        async with units.begin() as unit:
            assert [await unit.family_door.find(each) for each in (first.token, first.short_code)] == [None, None]
            assert await unit.family_door.visited(kept) is None
            assert await unit.family_door.find(second.token) is not None

    async def test_visit_and_link_of_a_family_end_with_their_time(self, units: Store) -> None:
        case = await a_case(units)
        async with units.begin() as unit:
            access = access_of(case, unit)
            link = await unit.family_door.give(access)
            over = await unit.family_door.begin_visit(access, unit.now)
            going_on = await unit.family_door.begin_visit(access, unit.now + timedelta(minutes=30))
        async with units.begin() as unit:
            assert await unit.family_door.visited(over) is None
            await unit.family_door.forget_visits()
        async with units.begin() as unit:
            assert await unit.family_door.visited(going_on) == access
            link = await unit.family_door.give(replace(access, id=unit.ids.new(), expires_at=unit.now))
        async with units.begin() as unit:
            assert await unit.family_door.find(link.token) is None

    async def test_what_a_family_says_goes_with_the_key_of_its_case(self, units: Store) -> None:
        case = await a_case(units)
        async with units.begin() as unit:
            ask = FamilyAsk(unit.ids.new(), case.id, FamilyQuestion.NOT_RIGHT, unit.now)
            told = Experience(
                case.needs[0].need_id, case.id, PARTNER, Felt.YES, Felt.A_LITTLE, Felt.NO, told_at=unit.now
            )
            await unit.family_voice.ask(ask)
            await unit.family_voice.tell(told)
            await unit.family_door.give(access_of(case, unit))
        async with units.begin() as unit:
            assert await unit.family_voice.list_asks(case.id) == [ask]
            assert await unit.family_voice.list_experiences(case.id) == [told]
            await unit.family_voice.settle(ask, ROOS.person_id, unit.now)
            await unit.family_voice.tell(replace(told, welcome=Felt.NO))
        async with units.begin() as unit:
            (settled,) = await unit.family_voice.list_asks(case.id)
            assert settled.settled_by == ROOS.person_id
            assert [one.welcome for one in await unit.family_voice.list_experiences(case.id)] == [Felt.NO]
            await unit.vault.forget(case.id)
        async with units.begin() as unit:
            assert await unit.family_voice.list_asks(case.id) == []
            assert await unit.family_voice.list_experiences(case.id) == []
            assert await unit.family_door.read(case.id) is None

    async def test_answers_about_help_are_counted_of_enough_families_and_of_no_case_that_is_gone(
        self, units: Store
    ) -> None:
        cases = [await a_case(units) for _ in range(2)]
        async with units.begin() as unit:
            sibling = await unit.cases.get(cases[1].id)
            sibling.opening = replace(sibling.opening, household_id=cases[0].opening.household_id)
            await unit.cases.save(sibling)
            for case, felt in zip(cases, (Felt.YES, Felt.NO), strict=True):
                told = Experience(case.needs[0].need_id, case.id, PARTNER, felt, Felt.YES, felt, told_at=unit.now)
                await unit.family_voice.tell(told)
        async with units.begin() as unit:
            assert await unit.family_voice.count_felt(2) == []
            both, all_yes = {Felt.NO: 1, Felt.A_LITTLE: 0, Felt.YES: 1}, {Felt.NO: 0, Felt.A_LITTLE: 0, Felt.YES: 2}
            assert await unit.family_voice.count_felt(1) == [HelpFelt(PARTNER, 1, both, all_yes, both)]
            await unit.vault.forget(cases[1].id)
        async with units.begin() as unit:
            (left,) = await unit.family_voice.count_felt(1)
            assert (left.families, left.welcome[Felt.NO]) == (1, 0)

    async def test_family_itself_reads_its_facts_and_notes_of_one_kind_are_read_of_all(self, units: Store) -> None:
        case = await a_case(units)
        async with units.begin() as unit:
            for kind, words in ((NoteKind.OWN_STORY, "Nu fietst hij."), (NoteKind.FAMILY_ASKS, "Dit klopt niet.")):
                await unit.vault.keep_note(Note(unit.ids.new(), case.id, kind, case.id, unit.now, words))
        async with units.begin() as unit:
            dossier = await unit.vault.open(case.id, [Fact.FIRST_NAME], None, "family-page", words=True)
            assert dossier.facts == {Fact.FIRST_NAME: "Zonnetje"}
            assert len(dossier.notes) == 2
        async with units.begin() as unit:
            stories = await unit.vault.open_notes(NoteKind.OWN_STORY, COORDINATOR, "own-stories")
            assert [note.words for note in stories] == ["Nu fietst hij."]
        async with units.begin() as unit:
            newest, before, *_ = await unit.readers.list_of_case(case.id, 5)
            assert (newest.purpose, newest.actor.person_id) == ("own-stories", COORDINATOR.person_id)
            assert (before.purpose, before.actor.person_id) == ("family-page", None)


async def a_case(units: Store) -> Case:
    """One that was just asked for."""
    async with units.begin() as unit:
        await everybody_joins(unit)
        return await submit_request(request(), unit)


def access_of(case: Case, unit: Any) -> FamilyAccess:  # noqa: ANN401 - a unit of any store
    """For a year."""
    return FamilyAccess(unit.ids.new(), case.id, ROOS.person_id, unit.now, unit.now + timedelta(days=365))
