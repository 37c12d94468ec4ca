"""Mails about what somebody has in hand, who asks how it goes, and thanks: to whom they go, and of no family."""

from uuid import UUID

import pytest

from services.notify.domain.mails import MAILS, care
from shared.events.care import CheckInAsked, LoadLimitNeared, LoadLimitReached, PersonThanked
from tests.unit.notify.builders import NOW

NOOR, SAM, KIM = (UUID(int=number) for number in range(1, 4))


def test_who_is_meant_reads_it() -> None:
    near = care.say_that_it_is_much(LoadLimitNeared(subject=NOOR, occurred_at=NOW))
    full = care.say_that_nothing_new_comes(LoadLimitReached(subject=NOOR, occurred_at=NOW))
    thanked = care.pass_thanks_on(PersonThanked(subject=NOOR, occurred_at=NOW))
    assert [one.recipient_id for one in (near, full, thanked)] == [NOOR] * 3
    assert not any(one.facts or one.case_code for one in (near, full, thanked))


@pytest.mark.parametrize(("asked", "readers"), [(SAM, [SAM]), (None, [KIM])])
def test_who_asks_how_it_goes_is_another(asked: UUID | None, readers: list[UUID]) -> None:
    """Also when it is about somebody of the desk."""
    event = CheckInAsked(subject=NOOR, occurred_at=NOW, asked_id=asked)
    assert [one.recipient_id for one in care.ask_to_check_in(event, [NOOR, KIM])] == readers


def test_each_of_them_is_a_mail_of_the_house() -> None:
    assert {"load-near", "load-reached", "check-in", "check-in-desk", "thanked"} <= MAILS.keys()
