"""What the lanes of the board are called, in plain Dutch. `{Desk}` is as in `words.py`."""

from services.monitoring.domain.lane import Lane
from shared.kernel.city import City
from shared.web.pages import names_in

# The name, and what it means.
LANES: dict[Lane, tuple[str, str]] = {
    Lane.NOW: ("Nu", "Dit kan niet wachten: uit het oog, vandaag nodig, of al eerder gemeld."),
    Lane.OURS: ("Wacht op ons", "{Desk} is aan zet."),
    Lane.OTHERS: ("Wacht op anderen", "Iemand anders is aan zet. Is de dag voorbij, dan komt het vanzelf terug."),
    Lane.RUNNING: ("Loopt", "De hulp is bezig, of we vragen later hoe het gaat."),
}
ENDED = "Afgerond"


def lane_title(lane: Lane | None) -> str:
    """Its name; None: of cases that ended."""
    return LANES[lane][0] if lane else ENDED


def lane_meaning(lane: Lane | None, city: City) -> str:
    """What stands in it."""
    return LANES[lane][1].format_map(names_in(city)) if lane else ""
