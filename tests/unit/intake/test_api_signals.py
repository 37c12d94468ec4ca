"""A school's own system raises an early signal: codes only, once, for its own ambassador."""

from typing import Any

import pytest

from shared.events.early_signals import EarlySignalRaised
from tests.unit.intake.builders import ROOS, SCHOOL, said
from tests.unit.intake.school import OTHER_SECRET, School

PATH = "/v1/early-signals"
SIGNAL = {"worries": ["too-little-food"], "district": "oost", "ageBand": "8-11"}


def raised(school: School) -> list[EarlySignalRaised]:
    return [fact for fact in said(school.units) if isinstance(fact, EarlySignalRaised)]


async def raises(school: School, **changes: Any) -> Any:  # noqa: ANN401 - a reply
    body = {**SIGNAL, **changes}
    return await school.asks("POST", PATH, headers={"Idempotency-Key": "signal-1"}, json=body)


async def test_system_raises_a_signal_once_and_finds_it_on_its_list(school: School) -> None:
    first, again = await raises(school), await raises(school)
    assert (first.status_code, again.content) == (201, first.content)
    (fact,) = raised(school)
    assert (fact.ambassador_id, fact.organisation_id, fact.passed_on_by) == (ROOS.person_id, SCHOOL, None)
    (listed,) = (await school.asks("GET", PATH)).json()["earlySignals"]
    assert (listed["id"], listed["signalCode"]) == (first.json()["id"], first.json()["signalCode"])


async def test_other_school_does_not_see_it(school: School) -> None:
    await raises(school)
    assert (await school.asks("GET", PATH, secret=OTHER_SECRET)).json()["earlySignals"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [({"worries": []}, "/worries"), ({"worries": ["zomaar"]}, "/worries/0"), ({"remark": "een naam"}, "/remark")],
)
async def test_what_is_no_code_is_refused_by_name(school: School, wrong: dict[str, Any], pointer: str) -> None:
    reply = await raises(school, **wrong)
    assert reply.status_code == 400
    assert pointer in [error["pointer"] for error in reply.json()["errors"]]
    assert not raised(school)
