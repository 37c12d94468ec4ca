"""Erasing a case: nobody reads it from the moment that it is asked, it ends the same wherever a process dies."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.intake.commands import EraseCase
from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.dossier import Fact
from services.intake.domain.erasure import ErasureReason
from services.intake.domain.errors import CaseIsErased, NotYourFamily, UnknownCase
from services.intake.domain.listing import CaseSearch
from services.intake.domain.rules import Viewer
from services.intake.handlers import erasing
from services.intake.handlers.cases import acknowledge_request
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.showing import open_dossier, people_of_case, show_case, show_cases
from services.intake.ports import IntakeUnit
from services.intake.schedule import TIMERS
from shared.events.intake import CaseErased
from shared.events.matching import ReferralsErased
from shared.events.monitoring import WatchErased
from shared.events.notify import MessagesErased
from shared.messaging.timers import TimerLoop
from shared.privacy.audit import Actor, Via
from tests.twins import erased as twin
from tests.twins import intake, intake_drafts, intake_erasing
from tests.twins.intake_vault import InMemoryVault
from tests.unit.intake.builders import (
    COLLEAGUE,
    CONTACT,
    COORDINATOR,
    NOW,
    ROOS,
    STRANGER,
    Units,
    assessed,
    said,
)

READS: dict[str, Callable[[UUID, IntakeUnit, Viewer], Awaitable[object]]] = {
    "page": show_case,
    "dossier": lambda case, unit, viewer: open_dossier(case, unit, viewer, [Fact.FIRST_NAME], "test"),
    "people": people_of_case,
    "step": acknowledge_request,
}
# Ids and days, who read it, and who still has to confirm; the outbox holds the tombstone.
LEFT_BEHIND = {"erased", "subject_versions", "audit_lines", "outbox", "unconfirmed_erasures"}


async def asked(by: Viewer = ROOS) -> tuple[Units, Case]:
    """A case that somebody asked to erase; the worker did nothing yet."""
    units, case = await assessed()
    async with units.begin() as unit:
        unit.audit.by(Actor(by.person_id, Via.PAGE))
        await erasing.request_erasure(EraseCase(case.id, ErasureReason.FAMILY_ASKED), unit, by)
    return units, case


async def worker(units: Units) -> None:
    await TimerLoop(units, TIMERS).fire_due()


async def erased(by: Viewer = ROOS) -> tuple[Units, Case]:
    units, case = await asked(by)
    await worker(units)
    return units, case


def tombstones(units: Units) -> int:
    return sum(isinstance(event, CaseErased) for event in said(units))


def holds(units: Units, case: Case) -> set[str]:
    """The tables in which there is still a word of the case."""
    words = (str(case.id), case.code, "Verzonnen")
    return {
        name
        for name, rows in units.tables.tables.items()
        if any(word in repr(key) + repr(row) for key, row in rows.items() for word in words)
    }


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("viewer", [ROOS, COORDINATOR], ids=["ambassador", "desk"])
async def test_every_read_is_refused_from_the_moment_that_it_is_asked(read: str, viewer: Viewer) -> None:
    units, case = await asked()
    async with units.begin() as unit:
        with pytest.raises(CaseIsErased, match="wordt nu gewist"):
            await READS[read](case.id, unit, viewer)
    async with units.begin() as unit:
        search = CaseSearch(states=frozenset(CaseState))
        assert await show_cases(unit, viewer, search, None, 9) == []


@pytest.mark.parametrize("viewer", [ROOS, COORDINATOR], ids=["ambassador", "desk"])
async def test_ambassador_of_the_family_and_the_desk_erase(viewer: Viewer) -> None:
    units, case = await erased(viewer)
    assert tombstones(units) == 1
    assert holds(units, case) <= LEFT_BEHIND


@pytest.mark.parametrize(
    ("viewer", "refusal"), [(COLLEAGUE, NotYourFamily), (STRANGER, UnknownCase), (CONTACT, UnknownCase)]
)
async def test_nobody_else_erases(viewer: Viewer, refusal: type[Exception]) -> None:
    units, case = await assessed()
    async with units.begin() as unit:
        with pytest.raises(refusal):
            await erasing.request_erasure(EraseCase(case.id, ErasureReason.FAMILY_ASKED), unit, viewer)
    await worker(units)
    assert not tombstones(units)


async def test_outbox_holds_the_tombstone_only_and_goes_on_counting() -> None:
    units, case = await erased()
    rows = [row for row, _ in units.tables.table("outbox").values() if row.subject == case.id]
    (row,) = rows
    assert row.type.endswith("case-erased.v1")
    assert row.sequence > 1
    assert case.code not in row.data


async def test_erased_case_says_so_to_whoever_could_have_seen_it() -> None:
    units, case = await erased()
    for viewer in (ROOS, COORDINATOR):
        async with units.begin() as unit:
            with pytest.raises(CaseIsErased, match=r"gewist op 10-03-2026.*Nog niet bevestigd: wie helpt, het bord"):
                await show_case(case.id, unit, viewer)
    async with units.begin() as unit:
        with pytest.raises(UnknownCase):
            await show_case(case.id, unit, CONTACT)


class Died(Exception):
    """As if the process was killed here."""


STEPS = (
    "ledger",
    "after-tombstone",
    "key",
    "drafts",
    "signals",
    "timeline",
    "cases",
    "bury",
    "confirmations",
    "commit",
)


@pytest.mark.parametrize("step", STEPS)
async def test_process_that_dies_at_a_step_goes_on_where_it_was(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    units, case = await asked()
    with monkeypatch.context() as patched, suppress(Died):
        _dies_at(step, units, patched)
        async with units.begin() as unit:
            await erasing.erase_case(case.id, unit)
            raise Died
    async with units.begin() as unit:
        # Nothing shows in between, whatever was done already.
        with pytest.raises(CaseIsErased):
            await show_case(case.id, unit, ROOS)
    async with units.begin() as unit:
        await erasing.erase_what_is_left(unit)
    assert tombstones(units) == 1
    assert holds(units, case) <= LEFT_BEHIND
    async with units.begin() as unit:
        assert set(unit.ledger.read()) == {case.id}


def _dies_at(step: str, units: Units, patched: pytest.MonkeyPatch) -> None:
    async def die(*_: object, **__: object) -> None:
        raise Died

    def die_now(*_: object, **__: object) -> None:
        raise Died

    def write_and_die(ledger: intake_erasing.InMemoryLedger, case_id: UUID, day: date) -> None:
        ledger.days[case_id] = day
        raise Died

    places: dict[str, tuple[object, str, object]] = {
        "ledger": (intake_erasing.InMemoryLedger, "add", die_now),
        "after-tombstone": (intake_erasing.InMemoryLedger, "add", write_and_die),
        "key": (InMemoryVault, "forget", die),
        "drafts": (intake_drafts.InMemoryDrafts, "forget_of_case", die),
        "signals": (intake_drafts.InMemorySignals, "forget_of_case", die),
        "timeline": (intake.InMemoryTimeline, "forget", die),
        "cases": (intake.InMemoryCases, "forget", die),
        "bury": (twin.InMemoryErased, "bury", die),
        "confirmations": (intake_erasing.InMemoryUnconfirmed, "await_all", die),
    }
    if step in places:
        patched.setattr(*places[step])


async def test_case_that_came_back_with_an_old_backup_is_erased_again_and_said_again() -> None:
    units, case = await assessed()
    backup = units.tables.copy()
    async with units.begin() as unit:
        await erasing.request_erasure(EraseCase(case.id, ErasureReason.FAMILY_ASKED), unit, ROOS)
    await worker(units)
    units.tables = backup
    async with units.begin() as unit:
        await erasing.erase_what_is_left(unit)
    assert tombstones(units) == 1
    assert holds(units, case) <= LEFT_BEHIND


async def test_tombstones_are_said_again_of_every_case_also_of_one_that_the_backup_did_not_know() -> None:
    units, case = await erased()
    async with units.begin() as unit:
        assert await erasing.say_tombstones_again(unit) == 0
    assert tombstones(units) == 2
    units.tables = type(units.tables)()
    async with units.begin() as unit:
        assert await erasing.say_tombstones_again(unit) == 0
        assert set(await unit.erased.find([case.id])) == {case.id}


async def test_services_confirm_and_then_nothing_but_id_and_day_is_kept() -> None:
    units, case = await erased(COORDINATOR)
    async with units.begin() as unit:
        assert await unit.unconfirmed.list_since(unit.now, 10) == []
        (late,) = await unit.unconfirmed.list_since(unit.now + timedelta(seconds=1), 10)
        assert set(late.waits_for) == {"matching", "monitoring", "notify"}
        for event in (ReferralsErased, WatchErased, ReferralsErased, MessagesErased):
            await erasing.note_confirmation(event(subject=case.id, occurred_at=NOW), unit)
    assert not units.tables.table("unconfirmed_erasures")


async def test_withdrawn_case_can_be_erased() -> None:
    units, case = await assessed()
    async with units.begin() as unit:
        await withdraw_case(case.id, unit, ROOS)
    async with units.begin() as unit:
        await erasing.request_erasure(EraseCase(case.id, ErasureReason.FAMILY_ASKED), unit, ROOS)
    await worker(units)
    assert holds(units, case) <= LEFT_BEHIND
