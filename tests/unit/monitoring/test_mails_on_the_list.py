"""A mail about a case that was not delivered, or of which nobody knows: a point on the desk's list."""

from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.mail_delivery import TELL_OF_POINTS
from services.notify.domain.mails import MAILS
from shared.events import notify
from shared.events.monitoring import EscalationReason, EscalationRepeated
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    TUESDAY,
    acknowledged,
    an_id,
    needs_assessed,
    no_partner_found,
    partner_accepted,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.desk import at_the_desk
from tests.unit.monitoring.twin import Monitoring


async def accepted() -> Monitoring:
    monitoring = Monitoring()
    await monitoring.consumes(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, date(2026, 9, 11))
    )
    return monitoring


def refused(name: str, template: str) -> notify.MessageRefused:
    return notify.MessageRefused(
        subject=an_id(name), occurred_at=TUESDAY, template=template, recipient_id=COORDINATOR, case_id=CASE,
        case_code=CODE, attempt=1, kind=notify.RefusalKind.REFUSED_BY_SERVER,
    )  # fmt: skip


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
    await monitoring.consumes(refused("message", "request-received"), request_received(), acknowledged())
    assert await reasons(monitoring) == [EscalationReason.MAIL_NOT_DELIVERED]


@pytest.mark.parametrize("template", sorted(TELL_OF_POINTS))
async def test_mail_about_a_mail_that_was_not_delivered_puts_no_further_point_on_the_list(template: str) -> None:
    assert template in MAILS
    monitoring = await accepted()
    for number in range(3):
        await monitoring.consumes(refused(f"message {number}", template))
    assert await reasons(monitoring) == [EscalationReason.MAIL_NOT_DELIVERED]


async def test_point_whose_mail_was_refused_comes_back_by_its_own_clock_all_the_same() -> None:
    monitoring = await at_the_desk(request_received(), needs_assessed(), no_partner_found())
    await monitoring.consumes(refused("message", "partner-accepted"), refused("its mail", "desk-point"))
    both = {EscalationReason.NO_PARTNER_FOUND, EscalationReason.MAIL_NOT_DELIVERED}
    assert (set(await reasons(monitoring)), len(await reasons(monitoring))) == (both, 2)
    monitoring.published()

    await monitoring.days_pass(10)
    repeated = {each.reason for each in monitoring.published() if isinstance(each, EscalationRepeated)}
    assert repeated == both
