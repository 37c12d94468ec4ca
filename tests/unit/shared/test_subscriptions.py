"""Tables of subscriptions and of jobs: typed, and nothing in them is lost in silence."""

from datetime import timedelta
from typing import Any

import pytest

from shared.events.base import Event
from shared.events.intake import CaseClosed
from shared.events.matching import PartnerAccepted, PartnerActivated
from shared.messaging.schedule import Every
from shared.messaging.subscriptions import by_event, on, publishers
from shared.runtime.worker import named_apart


async def ask_partner(event: PartnerActivated, unit: object) -> None: ...


async def note(event: Event, unit: object) -> None: ...


async def look(unit: Any) -> None: ...  # noqa: ANN401 - any unit will do


def test_each_event_has_its_handler_and_one_handler_may_take_several_events() -> None:
    handlers = by_event((on(PartnerActivated, ask_partner), on(PartnerAccepted, note), on(CaseClosed, note)))
    assert handlers == {PartnerActivated: ask_partner, PartnerAccepted: note, CaseClosed: note}


def test_topics_to_read_follow_from_the_events() -> None:
    assert publishers((on(PartnerActivated, note), on(PartnerAccepted, note), on(CaseClosed, note))) == (
        "intake",
        "matching",
    )


def test_second_subscription_to_an_event_is_refused() -> None:
    with pytest.raises(ValueError, match="PartnerActivated"):
        by_event((on(PartnerActivated, ask_partner), on(PartnerActivated, note)))


def test_mypy_refuses_a_handler_that_takes_another_event() -> None:
    # Were this line accepted, `make check` would report an ignore that is not needed.
    on(PartnerAccepted, ask_partner)  # type: ignore[arg-type]


def test_two_jobs_with_the_same_pause_are_two_jobs() -> None:
    jobs = (Every("look for one thing", timedelta(minutes=1), look), Every("for another", timedelta(minutes=1), look))
    assert [job.name for job in named_apart(jobs)] == ["look for one thing", "for another"]


def test_two_jobs_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two jobs are named 'look'"):
        named_apart((Every("look", timedelta(minutes=1), look), Every("look", timedelta(hours=1), look)))
