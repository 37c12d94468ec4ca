"""The sender loop on its twins: what it asks, what it hands over, what it does when something is away."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from random import Random

import pytest

from services.notify.adapters.recording import InMemoryAddresses, InMemoryFollowUpLinks, PlainLetters, RecordingMailer
from services.notify.domain.message import LEASE, SECOND_COPY_AFTER, Message, MessageState
from services.notify.domain.outcome import Deferred, Reason, Unknown
from services.notify.ports import AddressBookAway, Delivery, FollowUpLinksAway, Letter, NoLongerNeeded
from services.notify.sender import Doors, Sender
from services.notify.store.memory import MemoryNotifyUnit
from shared.database import DatabaseAway
from tests.unit.notify import scenes
from tests.unit.notify.scenes import AMBASSADOR, CONTACT, COORDINATOR, Scene

TEACHER = Delivery("juf@school.example", "Juf Noor")


class Post:
    """A sender with the twins of its doors."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.mailer = RecordingMailer()
        self.addresses = InMemoryAddresses(
            {AMBASSADOR: TEACHER, CONTACT: Delivery("zoe@fietsen.example", "Zoë", "https://schakel.example/antwoord/x")}
        )
        self.links = InMemoryFollowUpLinks()
        doors = Doors(self.addresses, self.links, PlainLetters(), self.mailer)
        self.sender = Sender(scene.units, doors, random=Random(1))

    def letters(self) -> list[Letter]:
        return self.mailer.inbox

    def message(self) -> Message:
        (message,) = self.scene.messages()
        return message


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


@pytest.fixture
def post(scene: Scene) -> Post:
    return Post(scene)


async def test_queued_message_is_handed_over_to_the_address_of_that_moment(scene: Scene, post: Post) -> None:
    await scene.given(scenes.request_received())

    assert await post.sender.send_due() == 1

    (letter,) = post.letters()
    assert (letter.to_address, letter.message_id) == (TEACHER.address, f"{post.message().id}@schakel.example")
    assert (post.message().state, scene.said()) == (MessageState.ACCEPTED, ["message-accepted"])
    assert TEACHER.address not in str(scene.units.tables.tables)


async def test_follow_up_carries_the_link_that_monitoring_gives(scene: Scene, post: Post) -> None:
    await scene.given(scenes.follow_up_due())
    await post.sender.send_due()

    assert f"/vervolg/{scenes.FOLLOW_UP.hex}" in post.letters()[0].text


async def test_person_without_address_is_refused_and_flagged(scene: Scene, post: Post) -> None:
    await scene.given(scenes.person_joined(COORDINATOR), scenes.child_out_of_sight())
    await post.sender.send_due()

    assert (post.message().state, post.message().reason) == (MessageState.REFUSED, Reason.NO_ADDRESS)
    assert scene.said() == ["message-refused", "address-flagged"]


@pytest.mark.parametrize(
    ("away", "reason"),
    [("addresses", Reason.ADDRESS_BOOK_AWAY), ("links", Reason.FOLLOW_UP_LINKS_AWAY)],
)
async def test_message_waits_visibly_while_another_service_is_away_and_goes_after(
    scene: Scene, post: Post, away: str, reason: Reason
) -> None:
    await scene.given(scenes.follow_up_due())
    door: InMemoryAddresses | InMemoryFollowUpLinks = getattr(post, away)
    door.away = AddressBookAway() if away == "addresses" else FollowUpLinksAway()
    await post.sender.send_due()
    assert (post.message().state, post.message().reason, scene.said()) == (MessageState.QUEUED, reason, [])

    door.away = None
    scene.clock.forward(timedelta(seconds=1))
    await post.sender.send_due()
    assert post.message().state is MessageState.ACCEPTED


async def test_question_that_is_no_longer_needed_is_not_sent(
    scene: Scene, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def over(_: Message) -> NoLongerNeeded:
        return NoLongerNeeded()

    monkeypatch.setattr(post.addresses, "delivery", over)
    await scene.given(scenes.partner_activated())
    await post.sender.send_due()

    assert (post.message().state, post.letters()) == (MessageState.WITHDRAWN, [])


async def test_line_that_broke_after_the_message_gives_one_more_copy_with_the_same_message_id(
    scene: Scene, post: Post
) -> None:
    post.mailer.plan(Unknown(), Unknown(), arrives=True)
    await scene.given(scenes.request_received())
    for _ in range(5):
        await post.sender.send_due()
        scene.clock.forward(SECOND_COPY_AFTER)

    assert len(post.letters()) == 2
    assert len({letter.message_id for letter in post.letters()}) == 1
    assert (post.message().state, post.message().next_attempt_at) == (MessageState.UNKNOWN, None)


async def test_server_that_asked_for_time_gets_the_message_once_in_the_end(scene: Scene, post: Post) -> None:
    busy = Deferred(Reason.MAIL_SERVER_BUSY, 451)
    post.mailer.plan(busy, busy, busy)
    await scene.given(scenes.request_received())
    for _ in range(4):
        await post.sender.send_due()
        scene.clock.forward(timedelta(minutes=5))

    assert (len(post.letters()), post.message().attempt) == (1, 4)


async def test_letter_that_cannot_be_written_waits_visibly(
    scene: Scene, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Letter:
        raise KeyError("district")

    monkeypatch.setattr(PlainLetters, "write", fail)
    await scene.given(scenes.request_received())
    await post.sender.send_due()

    assert (post.message().state, post.message().reason) == (MessageState.QUEUED, Reason.NOT_WRITABLE)


async def test_mailer_that_fails_by_itself_leaves_the_attempt_unknown(
    scene: Scene, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: Letter) -> None:
        raise RuntimeError("?")

    monkeypatch.setattr(post.mailer, "send", fail)
    await scene.given(scenes.request_received())
    await post.sender.send_due()

    assert post.message().state is MessageState.UNKNOWN


async def test_sender_that_starts_after_a_crash_repeats_what_was_in_hand_once(scene: Scene, post: Post) -> None:
    await scene.given(scenes.request_received())
    await scene.claim()
    scene.clock.forward(LEASE)
    await post.sender.send_due()
    scene.clock.forward(SECOND_COPY_AFTER)
    await post.sender.send_due()

    assert (len(post.letters()), post.message().attempt) == (1, 2)
    assert scene.said() == ["message-unknown", "message-accepted"]


async def test_loop_sends_what_comes_in_and_stops_with_nothing_in_hand(scene: Scene, post: Post) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(post.sender.run(stop))
    await scene.given(scenes.request_received())
    post.sender.wake()
    await until(lambda: len(scene.said()) == 1)
    await scene.given(scenes.partner_activated())
    post.sender.wake()
    await until(lambda: len(scene.said()) == 2)
    stop.set()
    await asyncio.wait_for(running, 2)

    assert {message.state for message in scene.messages()} == {MessageState.ACCEPTED}


async def test_loop_finishes_and_records_the_attempt_in_hand_when_it_is_stopped(
    scene: Scene, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, send = asyncio.Event(), post.mailer.send

    async def slowly(letter: Letter) -> object:
        begun.set()
        await asyncio.sleep(0.1)
        return await send(letter)

    monkeypatch.setattr(post.mailer, "send", slowly)
    await scene.given(scenes.request_received())
    stop = asyncio.Event()
    running = asyncio.create_task(post.sender.run(stop))
    await begun.wait()
    stop.set()
    await asyncio.wait_for(running, 2)

    assert post.message().state is MessageState.ACCEPTED


async def test_outcome_is_kept_while_the_database_is_away_and_not_sent_again(
    scene: Scene, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, send = scene.units.begin, post.mailer.send
    away = False

    def begin_when_there() -> AbstractAsyncContextManager[MemoryNotifyUnit]:
        if away:
            raise DatabaseAway("57P01")
        return begin()

    async def break_off(letter: Letter) -> object:
        nonlocal away
        away = True
        return await send(letter)

    monkeypatch.setattr(scene.units, "begin", begin_when_there)
    monkeypatch.setattr(post.mailer, "send", break_off)
    await scene.given(scenes.request_received())
    await post.sender.send_due()
    away = False
    scene.clock.forward(LEASE * 2)
    await post.sender.send_due()

    assert (len(post.letters()), post.message().state) == (1, MessageState.ACCEPTED)


async def test_mail_server_that_is_away_is_tried_with_one_message_at_a_time(scene: Scene, post: Post) -> None:
    post.mailer.plan(*[Deferred(Reason.MAIL_SERVER_AWAY)] * 100)
    await scene.given(scenes.request_received())
    await post.sender.send_due()
    await scene.given(scenes.partner_activated(), scenes.follow_up_due(), scenes.no_partner_found())
    before = sum(message.attempt for message in scene.messages())

    stop = asyncio.Event()
    running = asyncio.create_task(post.sender.run(stop))
    await asyncio.sleep(0.6)
    stop.set()
    await asyncio.wait_for(running, 2)

    assert 1 <= sum(message.attempt for message in scene.messages()) - before <= 2
