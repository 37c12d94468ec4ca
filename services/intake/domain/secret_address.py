"""A family whose address is secret: nobody but its ambassador may know where it lives."""

from dataclasses import replace
from datetime import datetime

from services.intake.domain.case import Case
from shared.events.base import Code, Event
from shared.events.family_safety import AddressHidden, AddressShown


def hide_address(case: Case, at: datetime) -> list[Event]:
    """From now on the case does not know its district. A second time changes nothing."""
    if case.opening.address_is_secret:
        return []
    case.opening = replace(case.opening, district=None)
    return [AddressHidden(subject=case.id, occurred_at=at)]


def show_address(case: Case, district: Code, at: datetime) -> list[Event]:
    """It may be seen again that the family lives in this district."""
    if not case.opening.address_is_secret:
        return []
    case.opening = replace(case.opening, district=district)
    return [AddressShown(subject=case.id, occurred_at=at, district=district)]
