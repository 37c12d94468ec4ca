"""What every store of drafts must do."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.intake.domain.draft import Draft, DraftKind
from shared.unit_of_work import Units
from tests.unit.intake.builders import COLLEAGUE, NOW, ROOS

ID, OTHER, CASE = (UUID(f"00000000-0000-7000-8000-0000000000{end}") for end in ("f1", "f2", "f3"))
OWNER, COLLEAGUE_ID = ROOS.person_id, COLLEAGUE.person_id
DRAFT = Draft(ID, DraftKind.REQUEST, OWNER, NOW, {"child.firstName": "Zonnetje", "again": ["a", "b"]})
INVENTORY = Draft(OTHER, DraftKind.INVENTORY, OWNER, NOW + timedelta(days=1), {"context": "Vader zoekt werk."}, CASE)


class DraftConformance:
    """A part of `StoreConformance`."""

    async def test_draft_comes_back_as_it_was_kept_for_its_maker_only(self, units: Units[Any]) -> None:
        async with units.begin() as unit:
            assert await unit.drafts.add(DRAFT)
            assert await unit.drafts.add(INVENTORY)
        async with units.begin() as unit:
            assert await unit.drafts.read(ID, OWNER) == await unit.drafts.get(ID, OWNER) == DRAFT
            assert await unit.drafts.read(ID, COLLEAGUE_ID) is await unit.drafts.get(ID, COLLEAGUE_ID) is None
            assert await unit.drafts.list_of(OWNER) == [INVENTORY, DRAFT]
            assert await unit.drafts.list_of(COLLEAGUE_ID) == []

    async def test_draft_is_added_once(self, units: Units[Any]) -> None:
        async with units.begin() as unit:
            await unit.drafts.add(DRAFT)
        async with units.begin() as unit:
            assert not await unit.drafts.add(replace(DRAFT, owner_id=COLLEAGUE_ID, typed={}))
        async with units.begin() as unit:
            assert await unit.drafts.read(ID, OWNER) == DRAFT

    async def test_draft_is_saved_as_it_is_now(self, units: Units[Any]) -> None:
        now = replace(DRAFT, typed={"story": "Een jas."}, version=2, saved_at=NOW + timedelta(days=2))
        async with units.begin() as unit:
            await unit.drafts.add(DRAFT)
        async with units.begin() as unit:
            assert await unit.drafts.get(ID, OWNER) == DRAFT
            await unit.drafts.save(now)
        async with units.begin() as unit:
            assert await unit.drafts.read(ID, OWNER) == now

    async def test_draft_is_forgotten_by_its_id_by_its_case_or_by_its_age(self, units: Units[Any]) -> None:
        ways: list[tuple[str, Any]] = [
            ("forget", [ID]), ("forget_of_case", CASE), ("forget_before", NOW + timedelta(seconds=1)),
        ]  # fmt: skip
        for way, what in ways:
            async with units.begin() as unit:
                await unit.drafts.forget([ID, OTHER])
                await unit.drafts.add(DRAFT)
                await unit.drafts.add(INVENTORY)
            async with units.begin() as unit:
                await getattr(unit.drafts, way)(what)
            async with units.begin() as unit:
                left = [draft.id for draft in await unit.drafts.list_of(OWNER)]
            assert left == ([ID] if way == "forget_of_case" else [OTHER]), way
