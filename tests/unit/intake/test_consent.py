"""What an organisation may read follows from what the family said last, and from nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.consent import (
    OPENED_BY_ANY,
    OPENS,
    STANDS,
    Consent,
    ConsentState,
    FieldSet,
    LegalBasis,
    opened_to,
)
from services.intake.domain.dossier import Fact
from shared.events.base import ConsentGiver
from tests.unit.intake.builders import NOW, PARTNER, SCHOOL
from tests.unit.intake.conformance_consents import TODAY, a_consent

BORN = date(2018, 5, 1)
REACH, CHILD = frozenset({FieldSet.REACH}), frozenset({FieldSet.CHILD})
GENERAL = a_consent(1, partner_kind=None, field_sets=REACH)
OF_FUNDS = a_consent(2, field_sets=CHILD)
NO_FUNDS = a_consent(3, field_sets=frozenset(), state=ConsentState.REFUSED)
STOP = a_consent(
    4, partner_kind=None, organisation_id=PARTNER, field_sets=frozenset(), state=ConsentState.WITHDRAWN
)  # fmt: skip


def opened(*consents: Consent, kind: str | None = "fund", today: date = TODAY) -> frozenset[FieldSet]:
    return opened_to(consents, PARTNER, kind, today, BORN)


def test_a_family_that_was_asked_nothing_allows_nothing() -> None:
    assert opened() == frozenset()


def test_what_was_said_of_a_kind_goes_before_what_was_said_of_every_kind() -> None:
    assert opened(GENERAL) == REACH
    assert opened(OF_FUNDS, GENERAL) == CHILD
    assert opened(GENERAL, NO_FUNDS) == frozenset()
    assert opened(GENERAL, NO_FUNDS, kind="welfare") == REACH
    assert opened(OF_FUNDS, kind=None) == frozenset()


def test_an_answer_for_every_kind_stands_in_the_place_of_what_it_replaced() -> None:
    assert opened(OF_FUNDS.ended(ConsentState.REPLACED, NOW), GENERAL) == REACH


@pytest.mark.parametrize("state", sorted(set(ConsentState) - STANDS - {ConsentState.REPLACED}))
def test_an_answer_that_counts_no_more_opens_nothing(state: ConsentState) -> None:
    assert opened(GENERAL, OF_FUNDS.ended(state, NOW)) == frozenset()


def test_family_that_stopped_with_one_still_shares_with_another_of_its_kind() -> None:
    assert opened(OF_FUNDS, STOP) == frozenset()
    assert opened_to([OF_FUNDS, STOP], SCHOOL, "fund", TODAY, BORN) == CHILD


def test_consent_counts_until_its_last_day_and_on_that_day() -> None:
    until = replace(OF_FUNDS, until=TODAY)
    assert opened(until) == CHILD
    assert opened(until, today=TODAY + timedelta(days=1)) == frozenset()


def test_child_that_turns_12_grows_out_of_what_a_guardian_allowed() -> None:
    birthday = date(2030, 5, 1)
    assert opened(OF_FUNDS, today=birthday - timedelta(days=1)) == CHILD
    assert opened(OF_FUNDS, today=birthday) == frozenset()
    both = replace(OF_FUNDS, given_by=ConsentGiver.GUARDIAN_AND_CHILD)
    assert opened(both, today=birthday) == CHILD


def test_every_fact_that_is_ever_shared_belongs_to_one_field_set_or_opens_with_any() -> None:
    shared = [*OPENED_BY_ANY, *(fact for facts in OPENS.values() for fact in facts)]
    assert len(shared) == len(set(shared))
    of_the_desk = {Fact.CONSENT_NAME, Fact.DISTRICT, Fact.OWN_NETWORK}
    assert set(Fact) - set(shared) == of_the_desk
    assert set(OPENS) == set(FieldSet)


def test_what_people_tell_may_be_about_health_so_it_is_shared_on_explicit_consent() -> None:
    assert OF_FUNDS.legal_basis is LegalBasis.CONSENT
    assert a_consent().legal_basis is LegalBasis.EXPLICIT_CONSENT


ANSWERS = st.builds(
    a_consent,
    st.integers(1, 99),
    partner_kind=st.sampled_from([None, "fund", "welfare"]),
    organisation_id=st.sampled_from([None, None, PARTNER, SCHOOL]),
    field_sets=st.frozensets(st.sampled_from(FieldSet)),
    given_by=st.sampled_from(ConsentGiver),
    until=st.one_of(st.none(), st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3))),
    state=st.sampled_from(ConsentState),
)


@given(st.lists(ANSWERS, max_size=8), st.sampled_from([None, "fund", "welfare"]), st.dates(BORN, date(2046, 1, 1)))
def test_nothing_is_opened_that_no_answer_which_stands_allowed(
    answers: list[Consent], kind: str | None, today: date
) -> None:
    seen = opened_to(answers, PARTNER, kind, today, BORN)
    allowing = [
        each
        for each in answers
        if each.organisation_id is None
        and each.state is ConsentState.GIVEN
        and each.partner_kind in {kind, None}
        and (each.until is None or each.until >= today)
    ]
    assert not seen or any(seen == each.field_sets for each in allowing)
    stopped = any(each.organisation_id == PARTNER and each.state is ConsentState.WITHDRAWN for each in answers)
    assert not (seen and stopped)


@given(st.lists(ANSWERS, max_size=8), st.sampled_from([None, "fund", "welfare"]))
def test_ending_an_answer_never_opens_more_to_a_partner_of_its_kind(answers: list[Consent], kind: str | None) -> None:
    answers = [replace(each, given_by=ConsentGiver.GUARDIAN) for each in answers]
    before = opened_to(answers, PARTNER, kind, TODAY, BORN)
    for ended in _with_one_that(answers, ConsentState.WITHDRAWN, ConsentState.EXPIRED):
        assert opened_to(ended, PARTNER, kind, TODAY, BORN) <= before
    # What is replaced gives way to what the family said of every kind.
    of_every_kind = [each for each in answers if each.partner_kind is None or each.organisation_id]
    for replaced in _with_one_that(answers, ConsentState.REPLACED):
        allowed = before | opened_to(of_every_kind, PARTNER, kind, TODAY, BORN)
        assert opened_to(replaced, PARTNER, kind, TODAY, BORN) <= allowed


def _with_one_that(answers: list[Consent], *states: ConsentState) -> Iterator[list[Consent]]:
    """Each time one of those that stand is in one of these states instead."""
    for number, each in enumerate(answers):
        for state in states if each.state in STANDS else ():
            yield [*answers[:number], each.ended(state, NOW), *answers[number + 1 :]]


def test_child_that_is_expected_is_answered_for_by_its_guardian_alone() -> None:
    given = a_consent(given_by=ConsentGiver.GUARDIAN_AND_CHILD)
    assert given.opens_on(date(2026, 3, 10), None) == frozenset()
    assert replace(given, given_by=ConsentGiver.GUARDIAN).opens_on(date(2026, 3, 10), None) == given.field_sets
