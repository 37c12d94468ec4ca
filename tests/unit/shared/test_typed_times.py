"""A time of the day as people type it: one reading for every form."""

from datetime import time

import pytest
from pydantic import BaseModel

from services.intake.web.case_forms import HomeVisitForm
from services.matching.web.referral_forms import PlanForm
from shared.web.forms import check_form
from shared.web.typed_times import TypedTime


class _Form(BaseModel):
    at: TypedTime


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("14 30", time(14, 30)),
        ("14u30", time(14, 30)),
        ("14:30:00", time(14, 30)),
        ("14.30 uur", time(14, 30)),
        ("14 uur", time(14)),
        (" 9 ", time(9)),
        ("0:05", time(0, 5)),
        ("23:59", time(23, 59)),
    ],
)
def test_time_is_read_as_it_is_meant(typed: str, meant: time) -> None:
    assert check_form({"at": typed}, _Form).data == _Form(at=meant)


@pytest.mark.parametrize("typed", ["24:00", "14:60", "middag", "14:3", "143", "1430", "-1", "14:30 14:30"])
def test_what_is_no_time_is_told_in_words(typed: str) -> None:
    form = check_form({"at": typed}, _Form)
    assert [error.problem for error in form.errors] == ["Schrijf de tijd als uur en minuten."]


@pytest.mark.parametrize("typed", ["14 uur", "14u30", "9"])
def test_both_forms_with_a_time_read_it_alike(typed: str) -> None:
    visit = check_form({"plannedFor": "12-03-2026", "startsAt": typed}, HomeVisitForm).data
    meeting = check_form({"planned_on": "12-03-2026", "planned_time": typed}, PlanForm).data
    assert visit is not None
    assert meeting is not None
    assert visit.starts_at == meeting.planned_time == check_form({"at": typed}, _Form).data.at  # type: ignore[union-attr]  # it is read
