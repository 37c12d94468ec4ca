"""A child that grows: from 12 it consents too, and from 16 alone."""

from typing import TYPE_CHECKING

from shared.events.base import ConsentGiver, Event
from shared.events.intake import ConsentOutgrown, ConsentRenewed

if TYPE_CHECKING:
    from datetime import datetime

    from services.intake.domain.case import Case


def outgrow(case: "Case", right: ConsentGiver, at: "datetime") -> list[Event]:
    """The consent does not count any more: this one must give it. The same once more changes nothing."""
    if not case.is_open or case.outgrown is right:
        return []
    case.outgrown, whose = right, case.opening.ambassador_id
    return [ConsentOutgrown(subject=case.id, occurred_at=at, case_code=case.code, ambassador_id=whose, asked_of=right)]


def renewed(case: "Case", at: "datetime") -> list[Event]:
    """The right one consented; says so when the one before did not count any more."""
    if case.outgrown is None:
        return []
    case.outgrown = None
    return [ConsentRenewed(subject=case.id, occurred_at=at, given_by=case.opening.consent_given_by)]
