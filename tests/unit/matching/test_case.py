"""Which needs can start, which wait, and how many are open."""

import pytest

from services.matching.domain.case import CaseFile, NeedState
from shared.events.base import AgeBand, Need, Urgency
from tests.unit.matching.city import named, need


def case_with(*needs: Need) -> CaseFile:
    case = CaseFile(named("case"), "AC34-DEFG", named("juf"), named("school"), "oost", AgeBand.CHILD, "nl")
    case.name_needs(needs)
    return case


def startable(case: CaseFile) -> list[str]:
    return [item.category for item in case.startable()]


def test_case_starts_the_most_urgent_need_first() -> None:
    case = case_with(need("bike"), need("food", urgency=Urgency.TODAY), need("debt", urgency=Urgency.SOON))

    assert startable(case) == ["food", "debt", "bike"]


@pytest.mark.parametrize("settled", [NeedState.DELIVERED, NeedState.MET, NeedState.UNMET, NeedState.GONE])
def test_case_lets_a_need_wait_until_the_one_before_is_settled(settled: NeedState) -> None:
    case = case_with(need("debt"), need("sport", after=("debt",)))
    assert startable(case) == ["debt"]

    case.needs[named("need debt")].state = settled

    assert startable(case) == ["sport"]


def test_case_starts_needs_that_wait_for_each_other() -> None:
    case = case_with(need("debt", after=("housing",)), need("housing", after=("debt",)))

    assert sorted(startable(case)) == ["debt", "housing"]


def test_case_starts_a_need_whose_first_one_is_not_in_the_case() -> None:
    assert startable(case_with(need("sport", after=("unknown",)))) == ["sport"]


def test_case_drops_needs_that_a_later_inventory_does_not_name() -> None:
    case = case_with(need("debt"), need("bike"))

    dropped = case.name_needs([need("bike")])

    assert [item.category for item in dropped] == ["debt"]
    assert case.open_needs == 1


def test_case_keeps_a_need_with_its_partner_at_a_later_inventory() -> None:
    case = case_with(need("bike"))
    case.needs[named("need bike")].state = NeedState.WITH_PARTNER

    case.name_needs([need("bike")])

    assert startable(case) == []


def test_case_tries_an_unmet_need_again_at_a_later_inventory() -> None:
    case = case_with(need("bike"))
    case.needs[named("need bike")].state = NeedState.UNMET

    case.name_needs([need("bike")])

    assert startable(case) == ["bike"]
