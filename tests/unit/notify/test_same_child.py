"""Two requests that may be for one child: the mails, which tell each ambassador nothing of the other request."""

import pytest

from services.notify.domain.mails.same_children import PLANS_JOINED, SAME_CHILD, SAME_CHILD_APART
from services.notify.domain.message import MessageState
from shared.events.same_child import PlansJoined, PlansParted, SameChildDismissed, SameChildSuspected
from tests.unit.notify import builders
from tests.unit.notify.builders import NOW
from tests.unit.notify.letters import HERE, WRITER, delivery_for, writer_in
from tests.unit.notify.twin import Notify

ASKS = builders.of_case(SameChildSuspected)


async def test_ambassador_is_asked_once_and_reads_whom_not_to_tell(notify: Notify) -> None:
    await notify.given(ASKS, ASKS)
    (message,) = notify.messages()
    assert (message.draft.mail, message.draft.recipient_id) == (SAME_CHILD, builders.AMBASSADOR)
    letter = WRITER.write(message, delivery_for(message.draft.mail), NOW)
    assert "Vertel het gezin niet dat er nog een aanvraag is." in letter.text
    assert set(message.draft.facts) == set()


@pytest.mark.parametrize(
    ("event", "mails"),
    [
        (builders.of_case(PlansJoined), [PLANS_JOINED]),
        (builders.of_case(SameChildDismissed, awaited=True), [SAME_CHILD_APART]),
        (builders.of_case(SameChildDismissed, awaited=False), []),
    ],
)
async def test_once_it_is_decided_nobody_is_asked_and_who_waits_is_told(
    notify: Notify, event: PlansJoined | SameChildDismissed, mails: list[object]
) -> None:
    await notify.given(ASKS, event)
    first, *others = notify.messages()
    assert first.state is MessageState.WITHDRAWN
    assert [each.draft.mail for each in others] == mails


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (builders.of_case(SameChildDismissed, awaited=True), "blijven apart"),
        (builders.of_case(PlansParted), "gaan weer apart verder"),
    ],
)
async def test_mail_says_whether_they_stay_apart_or_part_again(
    notify: Notify, event: PlansParted | SameChildDismissed, words: str
) -> None:
    await notify.given(event)
    (message,) = notify.messages()
    assert words in WRITER.write(message, delivery_for(message.draft.mail), NOW).subject


async def test_mail_says_how_long_it_can_be_undone_in_this_city(notify: Notify) -> None:
    await notify.given(builders.of_case(PlansJoined))
    (message,) = notify.messages()
    city = HERE.model_copy(update={"terms": HERE.terms.model_copy(update={"same_child_days": 14})})
    letter = writer_in(city).write(message, delivery_for(message.draft.mail), NOW)
    assert "Dat kan nog 14 dagen" in letter.text
    assert "Dat kan nog 14 dagen" in letter.html
