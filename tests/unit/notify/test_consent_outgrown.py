"""The ambassador of a child that grew reads who must consent now, unless somebody did already."""

from datetime import timedelta
from typing import Any

import pytest

from services.notify.domain.mails.cases import CONSENT_EXPIRED, CONSENT_OUTGROWN
from services.notify.domain.message import MessageState
from shared.events import consents, intake
from shared.events.base import ConsentGiver
from tests.unit.notify import builders
from tests.unit.notify.builders import NOW
from tests.unit.notify.letters import WRITER, delivery_for
from tests.unit.notify.twin import Notify

RENEWED = intake.ConsentRenewed(subject=builders.CASE, occurred_at=builders.NOW, given_by=ConsentGiver.YOUNG_PERSON)


def expired(**changes: Any) -> consents.ConsentExpired:  # noqa: ANN401 - any field of the event
    """What was said of every kind ended, unless told otherwise."""
    said: dict[str, Any] = {"partner_kinds": (), "every_other": True} | changes
    return builders.of_case(consents.ConsentExpired, **said)


async def test_ambassador_is_asked_for_the_consent_of_today(notify: Notify) -> None:
    await notify.given(builders.of_case(intake.ConsentOutgrown, asked_of=ConsentGiver.YOUNG_PERSON))
    (message,) = notify.messages()
    assert (message.draft.mail, message.draft.recipient_id) == (CONSENT_OUTGROWN, builders.AMBASSADOR)
    assert set(message.draft.facts) & {"alone", "together"} == {"alone"}


async def test_nobody_is_asked_for_a_consent_that_is_there(notify: Notify) -> None:
    await notify.given(builders.of_case(intake.ConsentOutgrown, asked_of=ConsentGiver.YOUNG_PERSON), RENEWED)
    assert [one.state for one in notify.messages()] == [MessageState.WITHDRAWN]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "De laatste dag daarvan is voorbij."),
        ({"asked_of": ConsentGiver.GUARDIAN_AND_CHILD}, "Het kind is 12 geworden."),
        ({"asked_of": ConsentGiver.YOUNG_PERSON}, "De jongere zegt nu zelf wat partners mogen lezen."),
        ({"partner_kinds": ("sports-club",), "every_other": False}, "Soort partner: Sportclub\n"),
        ({"partner_kinds": ("fund", "sports-club"), "every_other": False}, "Soort partner: Fonds en sportclub\n"),
        ({}, "Elke soort waarover het gezin niet apart iets zei"),
        ({}, "lezen deze partners niets meer"),
    ],
)
async def test_ambassador_reads_what_is_to_be_asked_anew(notify: Notify, changes: dict[str, Any], told: str) -> None:
    await notify.given(expired(**changes))
    (message,) = notify.messages()
    assert (message.draft.mail, message.draft.recipient_id) == (CONSENT_EXPIRED, builders.AMBASSADOR)
    assert told in WRITER.write(message, delivery_for(CONSENT_EXPIRED), NOW).text


@pytest.mark.parametrize("answer", [consents.ConsentGiven, consents.ConsentRefused])
async def test_nobody_is_asked_what_the_family_answered(
    notify: Notify, answer: type[consents.ConsentGiven | consents.ConsentRefused]
) -> None:
    await notify.given(expired(), builders.of_case(answer))
    assert [one.state for one in notify.messages()] == [MessageState.WITHDRAWN]


def waiting(notify: Notify) -> list[str]:
    """Of which kinds the mails that still leave speak."""
    waits = [one.draft.facts for one in notify.messages() if one.is_underway]
    return [facts.get("kinds", "") + ("+" if "others" in facts else "") for facts in waits]


async def test_answer_about_one_kind_leaves_the_question_about_another(notify: Notify) -> None:
    of_two = expired(partner_kinds=("fund", "sports-club"), every_other=True)
    await notify.given(of_two, builders.of_case(consents.ConsentGiven, partner_kind="culture"))
    assert waiting(notify) == ["fund,sports-club+"]
    left = []
    for kind in ("fund", None, "sports-club"):
        await notify.given(builders.of_case(consents.ConsentRefused, partner_kind=kind))
        left.append(waiting(notify))
    assert left == [["sports-club+"], ["sports-club"], []]


async def test_second_kind_that_ends_takes_the_question_about_the_first_not_back(notify: Notify) -> None:
    for kind in ("fund", "sports-club"):
        await notify.given(expired(partner_kinds=(kind,), every_other=False, at=NOW + timedelta(days=len(kind))))
    assert waiting(notify) == ["fund", "sports-club"]
