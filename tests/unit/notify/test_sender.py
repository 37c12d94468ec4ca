"""The sender loop on its twins: what it asks, what it hands over, what it does when something is away."""

from datetime import timedelta

import pytest

from services.notify.domain.letter import Letter, NoLongerNeeded
from services.notify.domain.message import LEASE, SECOND_COPY_AFTER, Message, MessageState
from services.notify.domain.outcome import Deferred, Reason, Unknown
from services.notify.ports.sending import AddressBookAway, FollowUpLinksAway
from tests.twins.mailer import InMemoryAddressBook, InMemoryFollowUpLinks, PlainLetters
from tests.unit.notify import builders
from tests.unit.notify.builders import COORDINATOR
from tests.unit.notify.post import TEACHER, Post
from tests.unit.notify.twin import Notify


async def test_queued_message_is_handed_over_to_the_address_of_that_moment(notify: Notify, post: Post) -> None:
    await notify.given(builders.request_received())

    assert await post.sender.send_due() == 1

    (letter,) = post.letters()
    assert (letter.to_address, letter.message_id) == (TEACHER.address, f"{post.message().id}@schakel.example")
    assert (post.message().state, notify.published()) == (MessageState.ACCEPTED, ["message-accepted"])
    assert TEACHER.address not in str(notify.units.tables.tables)


async def test_follow_up_carries_the_link_that_monitoring_gives(notify: Notify, post: Post) -> None:
    await notify.given(builders.follow_up_due())
    await post.sender.send_due()

    assert f"/vervolg/{builders.FOLLOW_UP.hex}" in post.letters()[0].text


async def test_person_without_address_is_refused_and_flagged(notify: Notify, post: Post) -> None:
    await notify.given(builders.person_joined(COORDINATOR), builders.child_out_of_sight())
    await post.sender.send_due()

    assert (post.message().state, post.message().reason) == (MessageState.REFUSED, Reason.NO_ADDRESS)
    assert notify.published() == ["message-refused", "address-flagged"]


@pytest.mark.parametrize(
    ("away", "reason"),
    [("addresses", Reason.ADDRESS_BOOK_AWAY), ("links", Reason.FOLLOW_UP_LINKS_AWAY)],
)
async def test_message_waits_visibly_while_another_service_is_away_and_goes_after(
    notify: Notify, post: Post, away: str, reason: Reason
) -> None:
    await notify.given(builders.follow_up_due())
    asked: InMemoryAddressBook | InMemoryFollowUpLinks = getattr(post, away)
    asked.away = AddressBookAway() if away == "addresses" else FollowUpLinksAway()
    await post.sender.send_due()
    assert (post.message().state, post.message().reason, notify.published()) == (MessageState.QUEUED, reason, [])

    asked.away = None
    notify.clock.forward(timedelta(seconds=1))
    await post.sender.send_due()
    assert post.message().state is MessageState.ACCEPTED


async def test_question_that_is_no_longer_needed_is_not_sent(
    notify: Notify, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def over(_: Message) -> NoLongerNeeded:
        return NoLongerNeeded()

    monkeypatch.setattr(post.addresses, "delivery", over)
    await notify.given(builders.partner_activated())
    await post.sender.send_due()

    assert (post.message().state, post.letters()) == (MessageState.WITHDRAWN, [])


async def test_line_that_broke_after_the_message_gives_one_more_copy_with_the_same_message_id(
    notify: Notify, post: Post
) -> None:
    post.mailer.plan(Unknown(), Unknown(), arrives=True)
    await notify.given(builders.request_received())
    for _ in range(5):
        await post.sender.send_due()
        notify.clock.forward(SECOND_COPY_AFTER)

    assert len(post.letters()) == 2
    assert len({letter.message_id for letter in post.letters()}) == 1
    assert (post.message().state, post.message().next_attempt_at) == (MessageState.UNKNOWN, None)


async def test_server_that_asked_for_time_gets_the_message_once_in_the_end(notify: Notify, post: Post) -> None:
    busy = Deferred(Reason.MAIL_SERVER_BUSY, 451)
    post.mailer.plan(busy, busy, busy)
    await notify.given(builders.request_received())
    for _ in range(4):
        await post.sender.send_due()
        notify.clock.forward(timedelta(minutes=5))

    assert (len(post.letters()), post.message().attempt) == (1, 4)


async def test_letter_that_cannot_be_written_waits_visibly(
    notify: Notify, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Letter:
        raise KeyError("district")

    monkeypatch.setattr(PlainLetters, "write", fail)
    await notify.given(builders.request_received())
    await post.sender.send_due()

    assert (post.message().state, post.message().reason) == (MessageState.QUEUED, Reason.NOT_WRITABLE)


async def test_outage_of_the_mail_server_costs_one_link_and_not_one_for_every_attempt(
    notify: Notify, post: Post
) -> None:
    post.mailer.plan(*[Deferred(Reason.MAIL_SERVER_AWAY)] * 5)
    await notify.given(builders.partner_activated())
    for _ in range(5):
        await post.sender.send_due()
        notify.clock.forward(timedelta(seconds=15))
    assert (len(post.addresses.asked), post.message().attempt) == (1, 5)
    assert post.message().reason is Reason.MAIL_SERVER_AWAY

    await post.sender.send_due()
    assert (post.message().state, len(post.addresses.asked)) == (MessageState.ACCEPTED, 2)


async def test_line_that_is_not_free_says_nothing_about_the_mail_server(notify: Notify, post: Post) -> None:
    away, no_line = Deferred(Reason.MAIL_SERVER_AWAY), Deferred(Reason.NO_LINE_FREE)
    post.mailer.plan(away, no_line, away)
    await notify.given(builders.partner_activated())
    for _ in range(3):
        await post.sender.send_due()
        notify.clock.forward(timedelta(seconds=15))

    assert (len(post.addresses.asked), post.message().attempt) == (1, 3)


async def test_mailer_that_fails_by_itself_leaves_the_attempt_unknown(
    notify: Notify, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: Letter) -> None:
        raise RuntimeError("?")

    monkeypatch.setattr(post.mailer, "send", fail)
    await notify.given(builders.request_received())
    await post.sender.send_due()

    assert post.message().state is MessageState.UNKNOWN


async def test_sender_that_starts_after_a_crash_repeats_what_was_in_hand_once(notify: Notify, post: Post) -> None:
    await notify.given(builders.request_received())
    await notify.claim()
    notify.clock.forward(LEASE)
    await post.sender.send_due()
    notify.clock.forward(SECOND_COPY_AFTER)
    await post.sender.send_due()

    assert (len(post.letters()), post.message().attempt) == (1, 2)
    assert notify.published() == ["message-unknown", "message-accepted"]
