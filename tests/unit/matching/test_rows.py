"""A row holds every column of its table: one that is forgotten in the mapping would be emptied at the next save."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table

from services.matching.domain.case import CaseFile
from services.matching.domain.partner_question import PartnerQuestion
from services.matching.domain.referral import Referral
from services.matching.store.network_rows import organisation_values, person_values, service_values
from services.matching.store.rows import case_values, need_values, question_values, referral_of, referral_values
from services.matching.store.tables import (
    CASES,
    NEEDS,
    ORGANISATIONS,
    PEOPLE,
    QUESTIONS,
    REFERRALS,
    SERVICES,
    ReferralRow,
)
from shared.events.base import AgeBand
from tests.unit.matching.city import NOON, contact, named, need, organisation, service

CASE = CaseFile(named("case"), "AC34-DEFG", named("juf"), named("school"), "oost", AgeBand.CHILD, "nl")
REFERRAL = Referral(
    id=named("referral"),
    case_id=CASE.id,
    need_id=named("need bike"),
    organisation_id=named("fietsbende"),
    service_id=named("service fietsbende"),
    contact_id=named("contact of fietsbende"),
    case_code=CASE.code,
    ambassador_id=CASE.ambassador_id,
    category="bike",
    attempt=1,
    activated_at=NOON,
    answer_by=NOON,
    clock_since=NOON,
)
QUESTION = PartnerQuestion(named("question"), CASE.id, REFERRAL.id, named("contact of fietsbende"), NOON, "Welke maat?")
# What is indexed is made of the service and its organisation, where it is saved.
INDEX: dict[str, Any] = {"index_version": 1, "search": "", "open_hours": {}}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (ORGANISATIONS, organisation_values(organisation("fietsbende"))),
        (SERVICES, service_values(service("fietsbende")) | INDEX),
        (PEOPLE, person_values(contact("fietsbende"))),
        (CASES, case_values(CASE)),
        (REFERRALS, referral_values(REFERRAL)),
        (QUESTIONS, question_values(QUESTION)),
    ],
    ids=lambda given: given.name if isinstance(given, Table) else "",
)
def test_row_holds_every_column(table: Table, row: dict[str, Any]) -> None:
    assert set(row) == set(table.columns.keys())


def test_referral_is_read_as_it_was_kept() -> None:
    asked = replace(REFERRAL, deletion_asked_at=NOON, deleted_at=NOON + timedelta(days=1), met_on=NOON.date())
    assert referral_of(ReferralRow(**referral_values(asked))) == asked


def test_row_of_a_need_holds_every_column() -> None:
    case = CaseFile(named("case"), "AC34-DEFG", named("juf"), named("school"), "oost", AgeBand.CHILD, "nl")
    case.name_needs([need()])
    assert [set(row) for row in need_values(case)] == [set(NEEDS.columns.keys())]
