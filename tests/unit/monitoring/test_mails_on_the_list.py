"""A mail about a case that was not delivered, or of which nobody knows: a point on the desk's list."""

from datetime import date
from typing import Any

import pytest

from shared.events import notify
from shared.events.monitoring import EscalationReason
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    TUESDAY,
    acknowledged,
    an_id,
    needs_assessed,
    partner_accepted,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring


async def accepted() -> Monitoring:
    monitoring = Monitoring()
    await monitoring.consumes(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 11))
    )
    return monitoring


async def reasons(monitoring: Monitoring) -> list[EscalationReason]:
    return [one.reason for one in (await monitoring.watch()).open_escalations]


async def test_mail_that_was_not_delivered_is_on_the_list_until_it_is() -> None:
    monitoring = await accepted()
    message: dict[str, Any] = {
        "subject": an_id("message"), "occurred_at": TUESDAY, "template": "partner-accepted", "recipient_id": AMBASSADOR,
        "case_id": CASE, "case_code": CODE, "attempt": 3,
    }  # fmt: skip
    await monitoring.consumes(notify.MessageRefused(**message, kind=notify.RefusalKind.NO_ADDRESS))
    assert await reasons(monitoring) == [EscalationReason.MAIL_NOT_DELIVERED]
    await monitoring.consumes(notify.MessageAccepted(**message, accepted_at=TUESDAY))
    assert await reasons(monitoring) == []


@pytest.mark.parametrize(("is_last", "listed"), [(False, []), (True, [EscalationReason.MAIL_NOT_DELIVERED])])
async def test_mail_of_which_nobody_knows_is_on_the_list_after_its_second_copy(
    *, is_last: bool, listed: list[EscalationReason]
) -> None:
    monitoring = await accepted()
    message: dict[str, Any] = {
        "subject": an_id("message"), "occurred_at": TUESDAY, "template": "partner-accepted", "recipient_id": AMBASSADOR,
        "case_id": CASE, "case_code": CODE, "attempt": 2,
    }  # fmt: skip
    await monitoring.consumes(notify.MessageUnknown(**message, is_last=is_last))
    assert await reasons(monitoring) == listed


async def test_mail_that_fails_before_the_request_is_heard_is_on_the_list_too() -> None:
    monitoring = Monitoring()
    refused = notify.MessageRefused(
        subject=an_id("message"), occurred_at=TUESDAY, template="request-received", recipient_id=AMBASSADOR,
        case_id=CASE, case_code=CODE, attempt=1, kind=notify.RefusalKind.NO_ADDRESS,
    )  # fmt: skip
    await monitoring.consumes(refused, request_received(), acknowledged())
    assert await reasons(monitoring) == [EscalationReason.MAIL_NOT_DELIVERED]
