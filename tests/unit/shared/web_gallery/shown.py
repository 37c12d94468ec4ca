"""What the pages of the gallery show: choices, and a timeline."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

CHOICES: dict[str, Any] = {
    "districts": [("noord", "Noord"), ("oost", "Oost"), ("nieuwland", "Nieuwland")],
    "urgencies": [
        ("today", "Vandaag", "Er is nu geen eten, warmte of slaapplek."),
        ("soon", "Binnen een paar dagen"),
        ("normal", "Dat kan even wachten"),
    ],
    "categories": [("bike", "Een fiets"), ("food", "Eten"), ("clothing", "Kleding")],
    "contacts": [("mail", "Per mail"), ("phone", "Per telefoon")],
}


@dataclass(frozen=True)
class Step:
    """One line of a timeline."""

    title: str
    at: datetime | None = None
    text: str = ""
    tone: str = "done"


def steps(now: datetime) -> list[Step]:
    """A timeline that begins now."""
    return [
        Step("Aanvraag ontvangen", now, "Basisschool De Regenboog vroeg om hulp."),
        Step("Fietsenbank Schiewijk gevraagd", now + timedelta(hours=2)),
        Step("Wacht op antwoord", now + timedelta(days=1), "Nog 3 werkdagen.", "now"),
        Step("Vinger aan de pols", None, "Twee weken na de hulp.", "later"),
        Step("Niemand antwoordde", now + timedelta(days=2), "Regie is gewaarschuwd.", "trouble"),
    ]
