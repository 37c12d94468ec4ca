"""The Dutch national holidays of the `holidays` library."""

from datetime import date

import holidays

# The library ends with 2100.
YEARS = range(2020, 2101)


def dutch_holidays() -> set[date]:
    """Of all these years."""
    return set(holidays.country_holidays("NL", years=YEARS))
