"""Given that two transactions hold mail for one reader at the same moment: neither saw the other's, and both leave."""

from dataclasses import replace
from datetime import timedelta

from services.notify.domain.message import MessageState
from tests.unit.notify import builders
from tests.unit.notify.builders import AMBASSADOR
from tests.unit.notify.twin import Notify


async def test_mail_that_is_held_for_a_later_moment_than_its_timer_leaves_all_the_same(notify: Notify) -> None:
    await notify.given(builders.partner_declined())
    rows = notify.units.tables.table("messages")
    (first,) = rows.values()
    later = first.held_until + timedelta(hours=20)
    second = replace(first, id=builders.POINT, draft=replace(first.draft, occasion="another no"), held_until=later)
    # Each of both set the one timer of this reader and case; that of the first came last.
    async with notify.units.begin() as unit:
        await unit.messages.add(second)

    await notify.time_passes(timedelta(hours=24))

    states = {message.state for message in notify.messages() if message.draft.recipient_id == AMBASSADOR}
    assert states == {MessageState.QUEUED}
