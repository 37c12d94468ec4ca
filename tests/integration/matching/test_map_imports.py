"""A file that the desk sends: previewed, taken over as it was shown, and taken back; on the twin and on PostgreSQL."""

from contextlib import suppress

import pytest

from services.matching.domain.map_import import AS_SENT, ImportState, Outcome, Verdict
from services.matching.domain.map_import_errors import ImportBusy, ImportOver, NothingToTakeOver, NothingToUndo
from services.matching.domain.network import Service
from services.matching.handlers import taking_over
from services.matching.handlers.map_imports import read_import, take_over_import
from services.matching.ports import MatchingUnit
from shared.unit_of_work import Units
from tests.integration.matching.sent_maps import (
    BIKE,
    COAT,
    DESK,
    HEADER,
    HELMET,
    OTHER,
    WORK,
    WRONG,
    change,
    lines,
    offers,
    previewed,
    taken,
    undone,
    worked_at,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_over, "AT_ONCE", 2)


async def test_preview_says_what_would_happen_and_changes_nothing(units: Units[MatchingUnit]) -> None:
    sent = await previewed(units, HEADER + BIKE + HELMET + COAT + WRONG)

    assert (sent.state, sent.rows, sent.done) == (ImportState.READY, 5, 5)
    assert {one.name for one in await lines(units, sent, Verdict.NEW)} == {
        "Fietsenfonds", "Kledingbank", "Fiets", "Helm", "Jas", "Sam V",
    }  # fmt: skip
    [refused] = await lines(units, sent, Verdict.REFUSED)
    assert (refused.line, refused.column) == (5, "categorieen")
    assert await offers(units) == {}
    async with units.begin() as unit:
        assert await unit.people.read_by_email("sam@fonds.example") is None


async def test_changed_offer_is_shown_field_by_field(units: Units[MatchingUnit]) -> None:
    await taken(units, HEADER + BIKE)

    sent = await previewed(units, HEADER + BIKE.replace("Een fiets", "Een mooie fiets"))

    [line] = await lines(units, sent, Verdict.CHANGED)
    assert [(one.field, one.old, one.new) for one in line.changes] == [("description", "Een fiets", "Een mooie fiets")]
    assert await lines(units, sent, Verdict.NEW) == []


async def test_what_was_shown_is_taken_over_and_the_same_file_again_changes_nothing(
    units: Units[MatchingUnit],
) -> None:
    sent = await taken(units, HEADER + BIKE + HELMET + COAT)

    assert sent.state is ImportState.TAKEN
    assert (await offers(units)).keys() == {"Fiets", "Helm", "Jas"}
    assert {one.outcome for one in await lines(units, sent, Verdict.NEW)} == {Outcome.TAKEN}
    again = await previewed(units, HEADER + BIKE + HELMET + COAT)
    async with units.begin() as unit:
        with pytest.raises(NothingToTakeOver):
            await take_over_import(again.id, DESK, unit)


async def test_what_somebody_changed_since_the_preview_is_left_and_told(units: Units[MatchingUnit]) -> None:
    await taken(units, HEADER + BIKE + COAT)
    new = HEADER + BIKE.replace("Een fiets", "Een mooie fiets") + COAT.replace("Een jas", "Een winterjas")
    sent = await previewed(units, new)
    await change(units, "Fiets", description="Een bakfiets")

    async with units.begin() as unit:
        await take_over_import(sent.id, DESK, unit)
    await worked_at(units, sent)

    there = await offers(units)
    assert (there["Fiets"].description, there["Jas"].description) == ("Een bakfiets", "Een winterjas")
    outcomes = {one.name: one.outcome for one in await lines(units, sent, Verdict.CHANGED)}
    assert outcomes == {"Fiets": Outcome.LEFT, "Jas": Outcome.TAKEN}


async def test_undo_ends_what_was_added_and_puts_back_what_was_changed(units: Units[MatchingUnit]) -> None:
    await taken(units, HEADER + BIKE)
    sent = await taken(units, HEADER + BIKE.replace("Een fiets", "Een mooie fiets") + COAT)

    back = await undone(units, sent)

    assert back.state is ImportState.UNDONE
    there = await offers(units)
    assert (there["Fiets"].description, there["Fiets"].active) == ("Een fiets", True)
    assert not there["Jas"].active
    async with units.begin() as unit:
        owner = await unit.organisations.read(there["Jas"].organisation_id)
        sam = await unit.people.read_by_email("sam@fonds.example")
    assert owner is not None
    assert not owner.active
    assert sam is not None
    assert sam.active, "whom an earlier file brought stays"


async def test_undo_leaves_what_somebody_changed_since_and_tells_it(units: Units[MatchingUnit]) -> None:
    await taken(units, HEADER + BIKE)
    sent = await taken(units, HEADER + BIKE.replace("Een fiets", "Een mooie fiets") + COAT)
    await change(units, "Fiets", description="Een bakfiets")
    await change(units, "Jas", cost="2 euro")

    await undone(units, sent)

    there = await offers(units)
    assert (there["Fiets"].description, there["Jas"].active) == ("Een bakfiets", True)
    kept = {one.name for verdict in (Verdict.NEW, Verdict.CHANGED) for one in await lines(units, sent, verdict)
            if one.outcome is Outcome.KEPT}  # fmt: skip
    assert kept == {"Fiets", "Jas", "Kledingbank"}


async def test_file_that_was_taken_back_brings_everything_back(units: Units[MatchingUnit]) -> None:
    first = await taken(units, HEADER + BIKE + COAT)
    await undone(units, first)
    assert not any(one.active for one in (await offers(units)).values())

    await taken(units, HEADER + BIKE + COAT)

    there = await offers(units)
    assert all(one.active for one in there.values())
    assert len(there["Fiets"].contact_ids) == 1
    async with units.begin() as unit:
        owner = await unit.organisations.read(there["Jas"].organisation_id)
        sam = await unit.people.read_by_email("sam@fonds.example")
    assert owner is not None
    assert owner.active
    assert sam is not None
    assert sam.active


async def test_what_the_desk_switched_off_stays_off(units: Units[MatchingUnit]) -> None:
    await taken(units, HEADER + BIKE)
    await change(units, "Fiets", active=False)

    await taken(units, HEADER + BIKE.replace("Een fiets", "Een mooie fiets"))

    assert not (await offers(units))["Fiets"].active


async def test_two_files_at_once_one_waits(units: Units[MatchingUnit]) -> None:
    one, other = await previewed(units, HEADER + BIKE), await previewed(units, HEADER + COAT)
    async with units.begin() as unit:
        await take_over_import(one.id, DESK, unit)

    with pytest.raises(ImportBusy):
        async with units.begin() as unit:
            await take_over_import(other.id, OTHER, unit)
    with pytest.raises(ImportOver):
        async with units.begin() as unit:
            await take_over_import(one.id, OTHER, unit)

    await worked_at(units, one)
    async with units.begin() as unit:
        await take_over_import(other.id, OTHER, unit)


async def test_only_the_last_is_taken_back_and_once(units: Units[MatchingUnit]) -> None:
    first, last = await taken(units, HEADER + BIKE), await taken(units, HEADER + BIKE + COAT)

    with pytest.raises(NothingToUndo):
        await undone(units, first)
    await undone(units, last)
    with pytest.raises(NothingToUndo):
        await undone(units, last)


async def test_worker_that_dies_half_way_goes_on_where_it_was(units: Units[MatchingUnit]) -> None:
    sent = await previewed(units, HEADER + BIKE + HELMET + COAT)
    async with units.begin() as unit:
        await take_over_import(sent.id, DESK, unit)

    for _ in range(10):
        # Each part is done, and the process dies before the commit; then it is done once more.
        with suppress(_Died):
            async with units.begin() as unit:
                await WORK.do_next(unit)
                raise _Died
        async with units.begin() as unit:
            await WORK.do_next(unit)
            if not (await read_import(sent.id, unit)).is_working:
                break

    assert (await offers(units)).keys() == {"Fiets", "Helm", "Jas"}
    assert {one.kept.version for one in (await offers(units)).values()} == {1}


async def test_part_that_cannot_be_done_ends_the_work_and_can_be_taken_back(
    units: Units[MatchingUnit], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = await previewed(units, HEADER + BIKE + HELMET + COAT)
    async with units.begin() as unit:
        await take_over_import(sent.id, DESK, unit)
    async with units.begin() as unit:
        await WORK.do_next(unit)
    async with units.begin() as unit:
        await WORK.do_next(unit)
    monkeypatch.setattr("services.matching.handlers.taking_offers.service_of", _fails)

    broken = await worked_at(units, sent)

    assert broken.state is ImportState.FAILED
    monkeypatch.undo()
    assert (await undone(units, broken)).state is ImportState.UNDONE
    assert not any(one.active for one in (await offers(units)).values())


async def test_old_files_go_and_what_was_taken_last_stays_to_be_taken_back(units: Units[MatchingUnit]) -> None:
    only_seen, last = await previewed(units, HEADER + BIKE), await taken(units, HEADER + COAT)
    async with units.begin() as unit:
        await unit.map_imports.forget(last.kept_until)

    async with units.begin() as unit:
        assert await unit.map_imports.read(only_seen.id) is None
        assert await unit.map_imports.read_part(last.id, AS_SENT) is None
    await undone(units, last)
    assert not (await offers(units))["Jas"].active


class _Died(BaseException):
    """The process is killed."""


def _fails(*_: object) -> Service:
    raise ValueError("something that nobody thought of")
