from datetime import date

import pytest

from services.intake.domain.rules import age_band, age_on, consent_giver_at, is_child, may_know_the_family, may_see
from shared.events.base import AgeBand, ConsentGiver
from tests.unit.intake.builders import COLLEAGUE, CONTACT, COORDINATOR, ROOS, SCHOOL, STRANGER

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [
        (date(2026, 3, 10), 0),
        (date(2026, 3, 11), -1),
        (date(2016, 3, 10), 10),
        (date(2016, 3, 11), 9),
        (date(2008, 2, 29), 18),
    ],
)
def test_age_counts_full_years_on_the_birthday(birth_date: date, age: int) -> None:
    assert age_on(TODAY, birth_date) == age


@pytest.mark.parametrize(
    ("birth_date", "answer"),
    [
        (date(2026, 3, 10), True),
        (date(2026, 3, 11), False),
        (date(2008, 3, 11), True),
        (date(2008, 3, 10), False),
    ],
)
def test_a_child_is_born_and_under_18(birth_date: date, *, answer: bool) -> None:
    assert is_child(birth_date, TODAY) is answer


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, AgeBand.BABY),
        (3, AgeBand.BABY),
        (4, AgeBand.YOUNG_CHILD),
        (8, AgeBand.CHILD),
        (12, AgeBand.TEENAGER),
        (17, AgeBand.YOUNG_PERSON),
    ],
)
def test_age_band_is_that_of_the_age(age: int, band: AgeBand) -> None:
    assert age_band(age) is band


@pytest.mark.parametrize(
    ("age", "giver"),
    [
        (0, ConsentGiver.GUARDIAN),
        (11, ConsentGiver.GUARDIAN),
        (12, ConsentGiver.GUARDIAN_AND_CHILD),
        (15, ConsentGiver.GUARDIAN_AND_CHILD),
        (16, ConsentGiver.YOUNG_PERSON),
    ],
)
def test_consent_is_given_by_whom_the_law_says(age: int, giver: ConsentGiver) -> None:
    assert consent_giver_at(age) is giver


def test_a_case_is_seen_by_its_school_and_the_coordinator_only() -> None:
    assert [may_see(viewer, SCHOOL) for viewer in (ROOS, COLLEAGUE, COORDINATOR, STRANGER, CONTACT)] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_partner_sees_no_case_even_of_its_own_organisation() -> None:
    assert not may_see(CONTACT, CONTACT.organisation_id)


def test_the_family_is_known_to_its_ambassador_and_the_coordinator_only() -> None:
    seen = [may_know_the_family(viewer, ROOS.person_id) for viewer in (ROOS, COORDINATOR, COLLEAGUE, STRANGER, CONTACT)]
    assert seen == [True, True, False, False, False]
