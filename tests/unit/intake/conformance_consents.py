"""What every store of families' consents must do."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.intake.domain.consent import Consent, ConsentState, FieldSet
from services.intake.domain.consent_given import How
from shared.events.base import ConsentGiver
from shared.unit_of_work import Units
from tests.unit.intake.builders import NOW, ROOS

CASE, OTHER_CASE = (UUID(f"00000000-0000-7000-8000-0000000000{end}") for end in ("d1", "d2"))
TODAY = date(2026, 3, 10)


def a_consent(number: int = 1, **changes: Any) -> Consent:  # noqa: ANN401 - any field of what is made
    """A guardian allows funds to know how to reach the family; `number` says when it was written down."""
    consent = Consent(
        id=UUID(int=(7 << 76) + (2 << 62) + number), case_id=CASE, partner_kind="fund",
        field_sets=frozenset({FieldSet.REACH, FieldSet.STORY}), given_by=ConsentGiver.GUARDIAN, given_on=TODAY,
        text_version="2026-1", language="ar", interpreter=True, how=How.PAPER, state=ConsentState.GIVEN,
        recorded_at=NOW + timedelta(minutes=number), recorded_by=ROOS.person_id,
    )  # fmt: skip
    return replace(consent, **changes)


class ConsentConformance:
    """A part of `StoreConformance`."""

    async def test_consents_come_back_as_they_were_kept_oldest_first(self, units: Units[Any]) -> None:
        first, stop = a_consent(), a_consent(2, partner_kind=None, organisation_id=CASE, field_sets=frozenset())
        async with units.begin() as unit:
            await unit.consents.add([stop, first, a_consent(3, case_id=OTHER_CASE)])
        async with units.begin() as unit:
            assert await unit.consents.list_of_case(CASE) == [first, stop]

    async def test_nothing_of_a_consent_changes_but_its_state(self, units: Units[Any]) -> None:
        consent = a_consent()
        async with units.begin() as unit:
            await unit.consents.add([consent])
        async with units.begin() as unit:
            await unit.consents.list_of_case(CASE)
            ended = replace(consent.ended(ConsentState.REPLACED, NOW), field_sets=frozenset(FieldSet), language="nl")
            await unit.consents.save(ended)
            assert await unit.consents.list_of_case(CASE) == [consent.ended(ConsentState.REPLACED, NOW)]

    async def test_given_ones_whose_last_day_was_before_today_are_found(self, units: Units[Any]) -> None:
        yesterday, before = TODAY - timedelta(days=1), TODAY - timedelta(days=9)
        passed = [a_consent(1, until=yesterday), a_consent(2, until=before)]
        others = [a_consent(3, until=TODAY), a_consent(4), a_consent(5, until=before, state=ConsentState.WITHDRAWN)]
        async with units.begin() as unit:
            await unit.consents.add([*passed, *others])
        async with units.begin() as unit:
            assert await unit.consents.list_passed(TODAY, 9) == [passed[1], passed[0]]
            assert await unit.consents.list_passed(TODAY, 1) == [passed[1]]

    async def test_cases_whose_child_may_outgrow_a_consent_are_found_by_their_id(self, units: Units[Any]) -> None:
        alone = a_consent(3, case_id=UUID(int=1), given_by=ConsentGiver.YOUNG_PERSON)
        over = a_consent(4, case_id=UUID(int=2), state=ConsentState.REPLACED)
        async with units.begin() as unit:
            await unit.consents.add([a_consent(5, case_id=OTHER_CASE), a_consent(1), a_consent(2), alone, over])
        async with units.begin() as unit:
            assert await unit.consents.list_growing(None, 9) == [CASE, OTHER_CASE]
            assert await unit.consents.list_growing(None, 1) == [CASE]
            assert await unit.consents.list_growing(CASE, 9) == [OTHER_CASE]

    async def test_consents_of_a_case_are_forgotten_with_it(self, units: Units[Any]) -> None:
        other = a_consent(2, case_id=OTHER_CASE)
        async with units.begin() as unit:
            await unit.consents.add([a_consent(), other])
            await unit.consents.forget(CASE)
        async with units.begin() as unit:
            assert await unit.consents.list_of_case(CASE) == []
            assert await unit.consents.list_of_case(OTHER_CASE) == [other]
