"""Letters in Dutch from the templates: what a message's codes and moments look like in words."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.notify.domain.mail import Form, Link
from services.notify.domain.message import Message, MessageDraft
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
PAGES: Final = {Link.CASE: "aanvragen", Link.BOARD: "bord"}


class LinkMissing(LookupError):
    """Nobody made what the reader is to open: a mail without it is worse than none."""


class DutchLetters:
    """Writes letters from `templates/<template>/{subject.txt,body.txt,body.html}`."""

    def __init__(self, *, public_url: str, sender: str, desk: Desk) -> None:
        self._domain = sender.rpartition("@")[2]
        self._public_url = public_url
        self._for_all = {
            "desk": desk,
            "site": public_url.removeprefix("https://").removeprefix("http://"),
            "site_url": public_url,
        }
        self._html, self._text = _environment(escaping=True), _environment(escaping=False)

    def write(self, message: Message, delivery: Delivery, at: datetime) -> Letter:
        folder, words = message.draft.mail.template, self.words(message.draft, delivery)
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

    def words(self, draft: MessageDraft, delivery: Delivery) -> Mapping[str, object]:
        """What the templates of this mail may use: what every mail has, what its link brings, and its facts."""
        return {
            **self._for_all,
            "name": " ".join(delivery.name.split()),
            "case_code": draft.case_code,
            **self._opened(draft, delivery),
            **{fact: _in_words(draft, fact, form) for fact, form in draft.mail.facts.items()},
        }

    def _opened(self, draft: MessageDraft, delivery: Delivery) -> Mapping[str, object]:
        match draft.mail.link:
            case Link.CASE | Link.BOARD as page:
                return {"link": f"{self._public_url}/{PAGES[page]}/{draft.case_id}"}
            case Link.ANSWER | Link.FOLLOW_UP:
                return {"link": _there(delivery.link), "short_code": delivery.short_code}
            case Link.SIGN_IN_CODE:
                return {"code": _there(delivery.code)}
            case Link.NOTHING:
                return {}


def _environment(*, escaping: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=escaping,  # noqa: S701 - plain text has nothing to escape
        # A mail without its case code or link is worse than none: a missing word is an error.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _there(made: str | None) -> str:
    if not made:
        raise LinkMissing
    return made


def _in_words(draft: MessageDraft, fact: str, form: Form) -> object:
    if form is Form.FLAG:
        return fact in draft.facts
    if fact not in draft.facts and fact in draft.mail.may_lack:
        return ""
    return FORMS[form](draft.facts[fact])


def _day(iso: str) -> str:
    day = datetime.fromisoformat(iso).astimezone(AMSTERDAM).date() if "T" in iso else date.fromisoformat(iso)
    return format_date(day, "EEEE d MMMM", locale="nl")


FORMS: Final[Mapping[Form, Callable[[str], str]]] = {
    Form.DISTRICT: lambda code: DISTRICTS.get(code, code.capitalize()),
    Form.HOW_SOON: lambda code: HOW_SOON.get(code, ""),
    Form.DAY: _day,
    Form.TIME: lambda iso: format_time(datetime.fromisoformat(iso).astimezone(AMSTERDAM), "HH:mm", locale="nl"),
}
