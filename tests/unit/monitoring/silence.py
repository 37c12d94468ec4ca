"""Everything that a case can wait for, with everybody silent."""

from shared.events import matching
from shared.events.base import Event, Urgency
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    TUESDAY,
    a_need,
    acknowledged,
    an_id,
    handed_over,
    help_delivered,
    help_failed,
    needs_assessed,
    no_partner_found,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
    urgent_need_raised,
)

ON = TUESDAY.date()


def waits(urgency: Urgency) -> dict[str, tuple[Event, ...]]:
    """Everything that a case can wait for, with everybody silent from then on."""
    needs = (a_need(urgency=urgency),)
    asked = (request_received(needs=needs), needs_assessed(needs=needs), partner_activated(urgency=urgency))
    accepted = (*asked, partner_accepted(TUESDAY, ON))
    return {
        "the inventory": (request_received(needs=needs),),
        "the inventory, and it was seen": (request_received(needs=needs), acknowledged()),
        "a partner for what is urgent": (request_received(needs=needs), urgent_need_raised(TUESDAY, needs)),
        "a partner": (request_received(needs=needs), needs_assessed(needs=needs)),
        "an answer": asked,
        "an answer of the ambassador": (
            *asked,
            matching.InformationRequested(
                subject=CASE, occurred_at=TUESDAY, **referral(), question_id=an_id("question")
            ),
        ),
        "a place": (
            *asked,
            matching.PartnerWaitlisted(subject=CASE, occurred_at=TUESDAY, **referral(), from_day=ON),
        ),
        "first contact": accepted,
        "meeting together": (
            *accepted,
            matching.HandoverPlanned(subject=CASE, occurred_at=TUESDAY, **referral(), on=ON, planned_by=AMBASSADOR),
        ),
        "the outcome": (*accepted, handed_over(TUESDAY), help_delivered(TUESDAY)),
        "what the family wants": (*accepted, help_failed(TUESDAY, matching.FailureReason.PARTNER_STOPPED)),
        "anybody at all": (*asked[:2], no_partner_found(urgency=urgency)),
    }
