"""A mail can be followed: the message knows what queued it, and every line about its sending says so."""

from uuid import UUID

import pytest

from services.notify.commands import RecordOutcome
from services.notify.domain.mails.partners import ask_partner
from services.notify.domain.message import Message
from services.notify.domain.outcome import Accepted, Deferred, Reason
from services.notify.handlers.messages import record_outcomes
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.events.base import Event
from shared.kernel.trace import trace_id
from shared.messaging.outbox_rows import OutboxRow
from shared.messaging.subscriptions import by_event
from tests.parts.collector import collected
from tests.parts.log_lines import log_lines
from tests.unit.notify import builders
from tests.unit.notify.builders import CASE, CAUSE, TRACE
from tests.unit.notify.post import Post
from tests.unit.notify.twin import Notify

LAST = UUID(int=1 << 127)


async def queue(notify: Notify, event: Event) -> None:
    async with notify.units.begin() as unit:
        unit.caused_by(CAUSE)
        await by_event(SUBSCRIPTIONS)[type(event)](event, unit)


def rows(notify: Notify) -> list[OutboxRow]:
    found: list[tuple[OutboxRow, bool]] = list(notify.units.tables.table("outbox").values())
    return [row for row, _ in found]


async def test_what_becomes_of_a_mail_continues_the_trace_of_what_queued_it(notify: Notify, post: Post) -> None:
    await queue(notify, builders.request_received())
    await post.sender.send_due()

    assert post.message().cause == CAUSE
    (accepted,) = rows(notify)
    assert (accepted.correlation_id, accepted.causation_id) == (CAUSE.correlation_id, CAUSE.causation_id)
    assert trace_id(accepted.traceparent or "") == TRACE
    assert accepted.traceparent != CAUSE.traceparent, "the sending is a span of its own"


async def test_letter_itself_holds_nothing_of_the_trace(notify: Notify, post: Post) -> None:
    await queue(notify, builders.request_received())
    await post.sender.send_due()
    (letter,) = post.letters()
    assert TRACE not in str(letter)


@pytest.mark.parametrize("broken", ["mailer", "letters"])
async def test_every_line_about_a_mail_says_which_and_why(
    notify: Notify, post: Post, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    async def fail(_: object) -> None:
        raise RuntimeError("juf@school.example")

    where: tuple[object, str] = (post.mailer, "send") if broken == "mailer" else (post.addresses, "delivery")
    monkeypatch.setattr(*where, fail)
    await queue(notify, builders.request_received())
    with log_lines() as lines:
        await post.sender.send_due()

    (line,) = lines.of("mailer_failed" if broken == "mailer" else "letter_not_written")
    assert (line["message_id"], line["case_id"]) == (str(post.message().id), str(CASE))
    assert (line["correlation_id"], line["causation_id"]) == (str(CAUSE.correlation_id), str(CAUSE.causation_id))
    assert (line["trace_id"], line["error"]) == (TRACE, "RuntimeError")
    assert "juf@school.example" not in str(lines.all())


async def test_mail_that_waits_and_one_that_leaves_say_which(notify: Notify, post: Post) -> None:
    await queue(notify, builders.request_received())
    post.mailer.plan(Deferred(Reason.MAIL_SERVER_AWAY))
    with log_lines() as lines:
        await post.sender.send_due()
    assert [line["message_id"] for line in lines.of("mail_waits")] == [str(post.message().id)]


async def test_sending_is_a_span_under_the_handler_that_queued_it(
    notify: Notify, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans = collected(monkeypatch, "notify")
    post = Post(notify)
    await queue(notify, builders.request_received())
    await post.sender.send_due()

    (span,) = spans.get_finished_spans()
    assert (span.name, f"{span.context.trace_id:032x}") == ("send request-received", TRACE)
    assert span.parent is not None
    assert f"{span.parent.span_id:016x}" in CAUSE.traceparent
    assert f"{span.context.span_id:016x}" in (rows(notify)[0].traceparent or "")
    assert "juf@school.example" not in span.to_json()


async def test_what_becomes_of_a_mail_does_not_follow_from_the_one_before_it(notify: Notify) -> None:
    await queue(notify, builders.request_received())
    async with notify.units.begin() as unit:
        message = Message.queue(ask_partner(builders.partner_activated()), LAST, unit.now)
        await unit.messages.add(message)
    claimed = await notify.claim()
    async with notify.units.begin() as unit:
        await record_outcomes([RecordOutcome(each.id, 1, Accepted(), 1.0) for each in claimed], unit)

    causes = {row.subject: row.causation_id for row in rows(notify)}
    assert causes == {claimed[0].id: CAUSE.causation_id, LAST: None}
