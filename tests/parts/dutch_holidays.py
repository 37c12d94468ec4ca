"""The Dutch national holidays of the `holidays` library; `python -m tests.parts.dutch_holidays` writes the table."""

from datetime import date

import holidays

from services.monitoring.adapters.dutch_calendar import TABLE

YEARS = range(2020, 2076)


def dutch_holidays() -> list[date]:
    """In order."""
    return sorted(holidays.country_holidays("NL", years=YEARS))


if __name__ == "__main__":
    TABLE.write_text("".join(f"{day.isoformat()}\n" for day in dutch_holidays()), encoding="ascii")
