"""How far ahead a partner may promise something, in days of the city."""

from datetime import date, datetime, timedelta

from services.matching.domain.errors import FirstContactOutOfRange, StartDayOutOfRange
from shared.kernel.city import City


def check_first_contact(on: date, *, city: City, at: datetime) -> None:
    """It is a day from today on, and not too far away. Raises FirstContactOutOfRange."""
    today, at_most = city.day_of(at), city.terms.first_contact_at_most_days
    if not today <= on <= today + timedelta(days=at_most):
        raise FirstContactOutOfRange(at_most)


def check_from_day(on: date, *, city: City, at: datetime) -> None:
    """It is a day from tomorrow on, and not too far away. Raises StartDayOutOfRange."""
    today, at_most = city.day_of(at), city.terms.waitlist_at_most_days
    if not today < on <= today + timedelta(days=at_most):
        raise StartDayOutOfRange(at_most)
