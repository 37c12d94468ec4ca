"""Where people who find a leak report it (RFC 9116)."""

from datetime import date, timedelta
from typing import Final

from shared.kernel.city import City

# Less than a year, so that nobody writes to an address of long ago.
VALID_FOR: Final = timedelta(weeks=26)


def security_txt(city: City, public_url: str, today: date) -> str:
    """The whole file, the same all day; empty when the city names nobody to tell."""
    contact = city.site.security or (f"mailto:{city.desk.email}" if city.desk.email else "")
    lines = [
        f"Contact: {contact}",
        f"Expires: {today + VALID_FOR}T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: {public_url}/.well-known/security.txt",
    ]
    return "\n".join([*lines, ""]) if contact else ""
