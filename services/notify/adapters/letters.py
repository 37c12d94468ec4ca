"""Letters in Dutch from the templates: what a message's codes look like in words."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.notify.domain.message import Message, Template
from services.notify.ports import Delivery, Letter
from shared.kernel.city import Desk

TEMPLATES: Final = Path(__file__).parent.parent / "templates"
AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
DISTRICTS: Final = {
    "noord": "Noord",
    "oost": "Oost",
    "zuid": "Zuid",
    "west": "West",
    "centrum": "het Centrum",
    "nieuwland": "Nieuwland",
    "groenoord": "Groenoord",
    "kethel": "Kethel",
}
HOW_SOON: Final = {
    "today": "vandaag nog",
    "soon": "binnen een paar dagen",
    "normal": "geen spoed",
}


class DutchLetters:
    """Writes letters from `templates/<template>/{subject.txt,body.txt,body.html}`."""

    def __init__(self, *, public_url: str, sender: str, desk: Desk) -> None:
        self._public_url, self._desk = public_url, desk
        self._domain = sender.rpartition("@")[2]
        loader = FileSystemLoader(TEMPLATES)
        # A mail without its kenmerk or link is worse than none: a missing word is an error.
        self._html = Environment(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._text = Environment(
            loader=loader,
            autoescape=False,  # noqa: S701 - plain text: nothing to escape
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def write(self, message: Message, delivery: Delivery, at: datetime) -> Letter:
        """The letter, with the same Message-ID for every copy."""
        folder, words = message.draft.template.value, self._words(message, delivery)
        text = self._text.get_template(f"{folder}/body.txt").render(words)
        return Letter(
            message_id=f"{message.id}@{self._domain}",
            to_address=delivery.address,
            to_name=delivery.name,
            subject=self._text.get_template(f"{folder}/subject.txt").render(words).strip(),
            text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
            html=self._html.get_template(f"{folder}/body.html").render(words),
            written_at=at,
        )

    def _words(self, message: Message, delivery: Delivery) -> dict[str, Any]:
        facts = message.draft.facts
        return {
            "name": " ".join(delivery.name.split()),
            "desk": self._desk,
            "site": self._public_url.removeprefix("https://").removeprefix("http://"),
            "site_url": self._public_url,
            "link": delivery.link or self._page(message),
            "short_code": delivery.short_code,
            "code": delivery.code,
            "case_code": message.draft.case_code,
            "reminder": "reminder" in facts,
            "others_go_on": "othersGoOn" in facts,
            "audience": facts.get("audience", ""),
            "district": DISTRICTS.get(facts["district"], facts["district"].capitalize()) if "district" in facts else "",
            "urgency": facts.get("urgency", ""),
            "how_soon": HOW_SOON.get(facts.get("urgency", ""), ""),
            **{name: _in_words(facts[key], form) for name, (key, form) in MOMENTS.items() if key in facts},
        }

    def _page(self, message: Message) -> str:
        if message.draft.template is Template.SIGN_IN_CODE:
            return f"{self._public_url}/inloggen"
        for_coordinator = message.draft.facts.get("audience") == "coordinator"
        segment = "bord" if for_coordinator or message.draft.template is Template.OUT_OF_SIGHT else "aanvragen"
        return f"{self._public_url}/{segment}/{message.draft.case_id}"


MOMENTS: Final = {
    "first_contact_on": ("firstContactOn", "day"),
    "since": ("since", "day"),
    "expires_at": ("expiresAt", "time"),
}


def _in_words(iso: str, form: str) -> str:
    if form == "time":
        return format_time(datetime.fromisoformat(iso).astimezone(AMSTERDAM), "HH:mm", locale="nl")
    day = datetime.fromisoformat(iso).astimezone(AMSTERDAM).date() if "T" in iso else date.fromisoformat(iso)
    return format_date(day, "EEEE d MMMM", locale="nl")
