"""What a family says or stops on its page holds for every child on it, and for no child that has a page alone."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import pytest

from services.intake.domain.case_state import CaseState
from services.intake.domain.consent import FieldSet
from services.intake.domain.dossier import Fact
from services.intake.handlers.consents import may_see
from shared.events.base import ConsentGiver
from shared.events.consents import PartnerConsentWithdrawn
from tests.twins.intake_vault import InMemoryVault
from tests.unit.intake.builders import PARTNER, said
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_consent import YES, helps
from tests.unit.intake.test_family_door import card_of, family_of
from tests.unit.intake.test_family_household import consents_alone
from tests.unit.intake.test_household import second


async def test_what_the_family_says_on_its_page_holds_for_all_its_children(pages: Pages) -> None:
    await helps(pages)
    sibling = await second(pages)

    async def of_sibling(kind: str = "sports-club") -> frozenset[FieldSet]:
        async with pages.units.begin() as unit:
            return await may_see(sibling, PARTNER, kind, unit)

    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/toestemming", data=YES)
        assert await of_sibling() == {FieldSet.REACH, FieldSet.CHILD}
        await family.post("/gezin/toestemming/stop", data={"organisationId": str(PARTNER)})
        assert await of_sibling() == frozenset()
        stopped = {event.subject for event in said(pages.units) if isinstance(event, PartnerConsentWithdrawn)}
        assert stopped == {pages.case_id, sibling}
        await family.post("/gezin/toestemming/alles", data={"sure": "true"})

    async with pages.units.begin() as unit:
        cases = [await unit.cases.read(one) for one in (pages.case_id, sibling)]
    assert [case.state for case in cases if case] == [CaseState.WITHDRAWN] * 2


async def test_what_a_family_says_does_not_reach_a_child_with_a_page_alone(pages: Pages) -> None:
    await helps(pages)
    sibling = await second(pages)
    await consents_alone(pages, sibling)
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/toestemming", data=YES)
        await family.post("/gezin/toestemming/stop", data={"organisationId": str(PARTNER)})
        await family.post("/gezin/toestemming/alles", data={"sure": "true"})
    async with pages.units.begin() as unit:
        case = await unit.cases.read(sibling)
        assert await unit.consents.list_of_case(sibling) == []
    assert case is not None
    assert case.is_open


async def test_who_answer_together_for_one_child_answer_for_a_younger_one_too(pages: Pages) -> None:
    sibling = await second(pages)
    async with pages.units.begin() as unit:
        await unit.vault.tell(sibling, {Fact.BIRTH_DATE: "2013-01-01"})
    async with family_of(pages, await card_of(pages)) as family:
        alone = await family.post("/gezin/toestemming", data=YES)
        together = await family.post("/gezin/toestemming", data={**YES, "givenBy": "guardian-and-child"})
    assert (alone.status_code, together.status_code) == (400, 303)
    async with pages.units.begin() as unit:
        kept = [await unit.consents.list_of_case(one) for one in (pages.case_id, sibling)]
    assert [[each.given_by for each in of_child] for of_child in kept] == [
        [ConsentGiver.GUARDIAN],
        [ConsentGiver.GUARDIAN_AND_CHILD],
    ]


async def test_yes_of_a_parent_holds_for_the_younger_ones_when_the_child_of_the_card_is_16(pages: Pages) -> None:
    sibling = await second(pages)
    async with pages.units.begin() as unit:
        await unit.vault.tell(pages.case_id, {Fact.BIRTH_DATE: "2009-01-01"})
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/toestemming")).text
        of_parent = await family.post("/gezin/toestemming", data=YES)
        of_child = await family.post("/gezin/toestemming", data={**YES, "givenBy": "young-person"})

    assert "Een kind van 16 jaar of ouder zegt zelf ja" in page
    assert (of_parent.status_code, of_child.status_code) == (303, 303)
    async with pages.units.begin() as unit:
        kept = [await unit.consents.list_of_case(one) for one in (pages.case_id, sibling)]
    assert [[each.given_by for each in of_one] for of_one in kept] == [
        [ConsentGiver.YOUNG_PERSON],
        [ConsentGiver.GUARDIAN],
    ]


async def test_birth_dates_of_all_children_are_opened_once_for_one_answer(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    sibling, opened = await second(pages), list[set[UUID]]()
    read = InMemoryVault.read_birth_dates

    async def counted(vault: InMemoryVault, case_ids: Collection[UUID]) -> dict[UUID, date]:
        opened.append(set(case_ids))
        return await read(vault, case_ids)

    async with family_of(pages, await card_of(pages)) as family:
        monkeypatch.setattr(InMemoryVault, "read_birth_dates", counted)
        assert (await family.post("/gezin/toestemming", data=YES)).status_code == 303
    assert opened == [{pages.case_id, sibling}]
