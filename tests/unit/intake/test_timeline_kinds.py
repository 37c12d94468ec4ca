"""A line of the timeline bears the event's name without its version, and the page has words for each."""

from typing import ClassVar

import pytest

from services.intake.domain.case_state import CaseState
from services.intake.handlers.cases import close_case, raise_new_question, reopen_case
from services.intake.subscriptions import SUBSCRIPTIONS
from services.intake.web.timeline_view import SENTENCES
from shared.events.catalogue import events_of, kind_of
from shared.events.intake import NewQuestionRaised, RequestAcknowledged
from tests.unit.intake.builders import COORDINATOR, ROOS, assessed, closing

# Of no case, of one that is gone, or of what nobody may see from its timeline.
NEVER_SHOWN = {
    "safety-hold-set", "safety-hold-lifted", "address-hidden", "address-shown", "unusual-reading-found",
    "case-erased", "referrals-erased", "watch-erased", "messages-erased",
    "organisation-listed", "service-listed", "person-listed", "pause-ended",
    "same-child-suspected", "same-child-dismissed",
    "training-recorded", "load-limit-reached", "load-limit-lifted",
    "signal-fact", "early-signal-raised", "early-signal-question-due", "early-signal-ended",
}  # fmt: skip


class NewQuestionRaisedV2(NewQuestionRaised):
    # As it would be declared: beside the first one.
    __module__ = NewQuestionRaised.__module__
    version: ClassVar[int] = 2


class RequestAcknowledgedV2(RequestAcknowledged):
    version: ClassVar[int] = 2


def test_second_version_of_an_event_is_the_same_kind() -> None:
    assert kind_of(RequestAcknowledgedV2) == kind_of(RequestAcknowledged) == "request-acknowledged"


def test_every_event_on_the_timeline_has_dutch_words() -> None:
    events = {*events_of("intake"), *(each.event for each in SUBSCRIPTIONS)}
    assert {kind.partition("/")[0] for kind in SENTENCES} == {kind_of(event) for event in events} - NEVER_SHOWN


def test_point_off_the_list_is_not_said_to_be_the_work_of_the_desk() -> None:
    """An answer of the school takes it off as well."""
    assert SENTENCES["escalation-resolved"][0] == "{Desk} hoeft nu niet meer mee te kijken"


async def test_question_asked_in_a_newer_version_is_still_open_when_the_case_reopens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("services.intake.domain.case.NewQuestionRaised", NewQuestionRaisedV2)
    units, case = await assessed()
    async with units.begin() as unit:
        await raise_new_question(case.id, unit, ROOS)
    async with units.begin() as unit:
        await close_case(await closing(case.id, unit), unit, ROOS)
    async with units.begin() as unit:
        reopened = await reopen_case(case.id, unit, COORDINATOR)
    assert reopened.state is CaseState.IN_INVENTORY
