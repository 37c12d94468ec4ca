"""How what the databases know is put together: what belongs to it, in which order, and how long each thing took."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from deploy.cli.trace import Telling
from deploy.install.trail import Known, Published, Step, Target, What, belonging, in_words, steps

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASE, OTHER_CASE, MESSAGE = UUID(int=1), UUID(int=2), UUID(int=3)
ASKED, ANSWERED, MAILED, OTHERS, MAP = (UUID(int=number) for number in range(10, 15))
REQUEST, ACTIVATED, ACCEPTED = (
    f"nl.schakel.{name}.v1" for name in ("intake.request-received", "matching.partner-activated", "notify.accepted")
)


def event(event_id: UUID, subject: UUID, kind: str, cause: UUID | None = None, after: float = 0.0) -> Published:
    """Of one chain, on the bus after 20 ms."""
    at = T0 + timedelta(seconds=after)
    return Published(event_id, subject, kind, MAP, cause, at, at + timedelta(milliseconds=20))


FIRST = event(ASKED, CASE, REQUEST)
SECOND = event(ANSWERED, CASE, ACTIVATED, ASKED, 1)
OF_A_MAIL = event(MAILED, MESSAGE, ACCEPTED, ANSWERED, 2)
OF_ANOTHER = event(OTHERS, OTHER_CASE, ACTIVATED, MAP, 1)


def test_what_came_of_a_case_belongs_to_it_and_another_case_of_the_same_chain_does_not() -> None:
    found = belonging(Target(subjects=frozenset({CASE})), [OF_A_MAIL, OF_ANOTHER, SECOND, FIRST])
    assert set(found) == {ASKED, ANSWERED, MAILED}


def test_the_whole_chain_belongs_to_an_event() -> None:
    found = belonging(Target(correlations=frozenset({MAP})), [OF_A_MAIL, OF_ANOTHER, SECOND, FIRST])
    assert set(found) == {ASKED, ANSWERED, MAILED, OTHERS}


def test_events_that_cause_each_other_in_a_ring_end() -> None:
    ring = [event(ASKED, CASE, REQUEST, ANSWERED), event(ANSWERED, OTHER_CASE, ACTIVATED, ASKED)]
    assert set(belonging(Target(subjects=frozenset({CASE})), ring)) == {ASKED, ANSWERED}


def told() -> list[Step]:
    """Of a case: asked, answered, mailed; the mail's word waits."""
    at = T0 + timedelta(seconds=1)
    mail = Step(at + timedelta(seconds=1), "notify", What.MAIL, "partner-activated", "m", str(ANSWERED), "accepted")
    waiting = Published(MAILED, MESSAGE, ACCEPTED, MAP, ANSWERED, at + timedelta(seconds=1), None)
    return steps(
        {"notify": [waiting], "matching": [SECOND], "intake": [FIRST]},
        {"matching": Known({ASKED: at}), "monitoring": Known({ASKED: at}), "notify": Known({ANSWERED: at}, [mail])},
        {"matching": frozenset({REQUEST}), "monitoring": frozenset(), "notify": frozenset({ACTIVATED})},
    )


def test_steps_of_all_databases_are_in_order_of_time_with_the_delay_since_their_cause() -> None:
    second = timedelta(seconds=1)
    assert [(step.service, step.what, step.since_cause) for step in told()] == [
        ("intake", What.PUBLISHED, None),
        ("monitoring", What.RECEIVED, second),
        ("matching", What.APPLIED, second),
        ("notify", What.APPLIED, timedelta(0)),
        ("matching", What.PUBLISHED, second),
        ("notify", What.WAITS, second),
        ("notify", What.MAIL, second),
    ]
    assert told()[0].state == "on the bus after 20 ms"


def test_cause_is_told_by_its_number_and_each_step_once(capsys: pytest.CaptureFixture[str]) -> None:
    telling, all_steps = Telling("KTRN-47WX", as_json=False), told()
    telling.tell(all_steps[:-2])
    table = capsys.readouterr().out
    telling.tell(all_steps)
    later = capsys.readouterr().out
    telling.tell(all_steps)

    assert "The way of KTRN-47WX" in table
    assert "matching.partner-activated.v1" in table
    assert [line.split()[:1] for line in later.splitlines()] == [["3"], ["2026-03-02"]]
    assert "notify  mail  partner-activated  m  #2  1.0 s  accepted" in later
    assert capsys.readouterr().out == ""


def test_case_of_which_nothing_is_kept_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    telling = Telling("KTRN-47WX", as_json=False)
    telling.tell([])
    telling.tell([])
    assert capsys.readouterr().out == "Nothing of it is kept any more: published events stay for 30 days.\n"


def test_database_that_was_not_asked_may_have_kept_what_the_others_have_not(capsys: pytest.CaptureFixture[str]) -> None:
    Telling("KTRN-47WX", as_json=False).tell([], is_whole=False)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0351, "35 ms"), (2.43, "2.4 s"), (180, "3 min"), (18_000, "5.0 h"), (1_036_800, "12 days"), (-0.002, "-2 ms")],
)
def test_delay_is_as_exact_as_it_matters(seconds: float, words: str) -> None:
    assert in_words(timedelta(seconds=seconds)) == words
