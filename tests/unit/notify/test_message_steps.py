"""Every step of a message from wherever it stands: what becomes of it, what is published, and what is refused."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.notify.commands import ClaimMessages, RecordOutcome
from services.notify.domain.errors import NotRetryable
from services.notify.domain.mail import Bundle
from services.notify.domain.mails.partners import ask_partner
from services.notify.domain.message import COPIES_IN_DOUBT, GIVE_UP_AFTER, LEASE, Message, MessageState
from services.notify.domain.outcome import Accepted, AttemptOutcome, Deferred, Overtaken, Reason, Refused, Unknown
from services.notify.handlers.holding import RELEASE, release
from services.notify.handlers.messages import claim_messages, record_outcomes, retry_message
from shared.events.base import Event
from shared.events.notify import RefusalKind
from shared.unit_of_work import Timer
from tests.step_tables import NOTHING, REFUSED, Cell, StepTable
from tests.unit.notify import builders
from tests.unit.notify.builders import NOW
from tests.unit.notify.twin import Notify

# Finer than `MessageState`. `deferred` was tried before; `again` is the second copy in an attempt; `halted` and
# `recalled` are in an attempt that is not repeated until the case opens again, or ever; `in_doubt` waits for a copy.
# `…_over` is at rest, and no person has it sent once more.
# `claim` is the sender that takes what is due, `claim_late` the same when lease and patience are over.
ATTEMPTS = StepTable("""
          claim   claim_late accepted deferred refused unknown  overtaken
queued    sending sending    .        .        .       .        .
deferred  sending refused    .        .        .       .        .
sending   .       in_doubt   accepted deferred refused in_doubt withdrawn
again     .       unknown    accepted deferred refused unknown  withdrawn
halted    .       unknown    accepted held_back refused unknown withdrawn
recalled  .       unknown_over said_over withdrawn refused_over unknown_over withdrawn
accepted  .       .          .        .        .       .        .
refused   .       .          .        .        .       .        .
in_doubt  again   refused    .        .        .       .        .
unknown   .       .          .        .        .       .        .
said_over .       .          .        .        .       .        .
refused_over .    .          .        .        .       .        .
unknown_over .    .          .        .        .       .        .
held_back .       .          .        .        .       .        .
withdrawn .       .          .        .        .       .        .
held      .       .          .        .        .       .        .
""")
# `overtake`: the partner answered, so that nothing need be asked; `retry`: a person asks for another attempt;
# `release`: the moment came until which it was held.
AROUND = StepTable("""
          overtake  close     withdraw  reopen  retry   release
queued    withdrawn held_back withdrawn .       no      .
deferred  withdrawn held_back withdrawn .       no      .
sending   recalled  halted    recalled  .       no      .
again     recalled  halted    recalled  .       no      .
halted    recalled  .         recalled  sending no      .
recalled  .         .         .         .       no      .
accepted  said_over .         said_over .       no      .
refused   refused_over .      refused_over .    queued  .
in_doubt  withdrawn held_back withdrawn .       no      .
unknown   unknown_over .      unknown_over .    queued  .
said_over .         .         said_over .       no      .
refused_over .      .         refused_over .    no      .
unknown_over .      .         unknown_over .    no      .
held_back withdrawn .         withdrawn queued  no      .
withdrawn .         .         .         .       no      .
held      withdrawn held_back withdrawn .       no      queued
""")
# What is published when a message comes to stand here.
FACTS = {
    "accepted": "message-accepted",
    "refused": "message-refused",
    "in_doubt": "message-unknown",
    "unknown": "message-unknown",
    "said_over": "message-accepted",
    "refused_over": "message-refused",
    "unknown_over": "message-unknown",
}
OUTCOMES: dict[str, AttemptOutcome] = {
    "accepted": Accepted(),
    "deferred": Deferred(Reason.MAIL_SERVER_BUSY, 451),
    "refused": Refused(RefusalKind.REFUSED_BY_SERVER, 550),
    "unknown": Unknown(),
    "overtaken": Overtaken(),
}
EVENTS: dict[str, Callable[[], Event]] = {
    "overtake": builders.partner_declined,
    "close": builders.case_closed,
    "withdraw": builders.case_withdrawn,
    "reopen": builders.case_reopened,
}
QUEUED, SENDING, UNKNOWN, WITHDRAWN = (
    MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN, MessageState.WITHDRAWN,
)  # fmt: skip
BUSY, CLOSED = Reason.MAIL_SERVER_BUSY, Reason.CASE_CLOSED
RELEASED = Timer("key", RELEASE, builders.CONTACT, NOW, {"with": Bundle.DAY.value})
IN_HAND: dict[str, Any] = {"state": SENDING, "attempt": 1, "next_attempt_at": None, "lease_until": NOW + LEASE}
AT_REST: dict[str, Any] = {"next_attempt_at": None, "settled_at": NOW, "attempt": 1}
STANDS: dict[str, dict[str, Any]] = {
    "queued": {},
    "deferred": {"attempt": 1, "waits": 1, "reason": BUSY},
    "sending": IN_HAND,
    "again": IN_HAND | {"attempt": 2, "doubts": 1},
    "halted": IN_HAND | {"recalled": CLOSED},
    "held": {"state": MessageState.HELD, "next_attempt_at": None, "held_with": Bundle.DAY.value, "held_until": NOW},
    "recalled": IN_HAND | {"recalled": Reason.CASE_WITHDRAWN},
    "accepted": AT_REST | {"state": MessageState.ACCEPTED},
    "refused": AT_REST | {"state": MessageState.REFUSED, "reason": Reason.REFUSED_BY_SERVER},
    "in_doubt": {"state": UNKNOWN, "attempt": 1, "doubts": 1, "reason": Reason.LINE_BROKE},
    "unknown": AT_REST | {"state": UNKNOWN, "attempt": 2, "doubts": COPIES_IN_DOUBT, "reason": Reason.LINE_BROKE},
    "said_over": AT_REST | {"state": MessageState.ACCEPTED, "recalled": Reason.OVERTAKEN},
    "refused_over": AT_REST | {"state": MessageState.REFUSED, "recalled": Reason.OVERTAKEN},
    "unknown_over": AT_REST | {"state": UNKNOWN, "attempt": 2, "doubts": COPIES_IN_DOUBT, "recalled": Reason.OVERTAKEN},
    "held_back": AT_REST | {"state": WITHDRAWN, "attempt": 0, "reason": CLOSED},
    "withdrawn": AT_REST | {"state": WITHDRAWN, "attempt": 0, "reason": Reason.OVERTAKEN},
}


def a_message(stand: str) -> Message:
    queued = Message.queue(ask_partner(builders.partner_activated()), UUID(int=77), NOW)
    return replace(queued, **STANDS[stand])


def stand_of(message: Message) -> str:
    at_rest = message.settled_at is not None and message.state is not WITHDRAWN
    if at_rest and message.recalled not in {None, CLOSED}:
        return {MessageState.ACCEPTED: "said_over"}.get(message.state, f"{message.state.value}_over")
    in_hand = {None: "again" if message.doubts else "sending", CLOSED: "halted"}
    return {
        QUEUED: "deferred" if message.waits else "queued",
        SENDING: in_hand.get(message.recalled, "recalled"),
        UNKNOWN: "in_doubt" if message.next_attempt_at else "unknown",
        WITHDRAWN: "held_back" if message.reason is CLOSED else "withdrawn",
    }.get(message.state, message.state.value)


async def take(step: str, message: Message, notify: Notify) -> None:
    """By the door that it has: the sender, an event, or a person."""
    if step in EVENTS:
        await notify.given(EVENTS[step]())
        return
    if step == "claim_late":
        notify.clock.forward(GIVE_UP_AFTER)
    doors: dict[str, Callable[[Any], Awaitable[object]]] = {
        "retry": lambda unit: retry_message(message.id, unit),
        "release": lambda unit: release(RELEASED, unit),
        "claim": lambda unit: claim_messages(ClaimMessages(10), unit),
        "claim_late": lambda unit: claim_messages(ClaimMessages(10), unit),
    }
    async with notify.units.begin() as unit:
        if step in doors:
            await doors[step](unit)
        else:
            await record_outcomes([RecordOutcome(message.id, message.attempt, OUTCOMES[step], 0.0)], unit)


def test_tables_hold_every_state_and_every_outcome() -> None:
    assert {stand_of(a_message(stand)) for stand in STANDS} == STANDS.keys()
    assert {a_message(stand).state for stand in STANDS} == set(MessageState)
    assert set(AttemptOutcome.__args__) == {type(outcome) for outcome in OUTCOMES.values()}
    assert ATTEMPTS.is_whole(STANDS, ["claim", "claim_late", *OUTCOMES])
    assert AROUND.is_whole(STANDS, [*EVENTS, "retry", "release"])


@pytest.mark.parametrize("cell", [*ATTEMPTS.cells, *AROUND.cells], ids=str)
async def test_message_takes_the_steps_of_where_it_stands_and_no_other(notify: Notify, cell: Cell) -> None:
    message = a_message(cell.state)
    async with notify.units.begin() as unit:
        await unit.messages.add(message)
    if cell.expected == REFUSED:
        with pytest.raises(NotRetryable):
            await take(cell.step, message, notify)
    else:
        await take(cell.step, message, notify)
    # Other mail may follow from an event.
    after = next(one for one in notify.messages() if one.id == message.id)

    assert stand_of(after) == cell.after
    # The sender has it to do or in hand, or it is at rest: one of these, or it would be lost in silence.
    moments = [after.next_attempt_at, after.lease_until, after.settled_at]
    assert moments.count(None) == 2 or (after.state is MessageState.HELD and after.held_until is not None)
    if cell.expected in {NOTHING, REFUSED}:
        assert (after, notify.published()) == (message, [])
    else:
        ends_now = message.settled_at is None and cell.after in FACTS
        assert notify.published() == ([FACTS[cell.after]] if ends_now else [])


@pytest.mark.parametrize("stand", STANDS)
async def test_message_is_gone_with_its_case_wherever_it_stands(notify: Notify, stand: str) -> None:
    async with notify.units.begin() as unit:
        await unit.messages.add(a_message(stand))
    await notify.given(builders.case_erased())

    assert notify.messages() == []
    assert await notify.claim() == []
