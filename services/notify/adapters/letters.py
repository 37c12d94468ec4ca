"""Letters in Dutch from the templates: what a message's codes and moments look like in words."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.notify.domain.mail import Form, Link
from services.notify.domain.message import Message, MessageDraft
from services.notify.ports import MAIL_LANGUAGE, Delivery, Letter
from shared.kernel.city import City, CodeList

TEMPLATES: Final = Path(__file__).parent.parent / "templates"
PAGES: Final = {Link.CASE: "aanvragen", Link.BOARD: "bord"}


class LinkMissing(LookupError):
    """Nobody made what the reader is to open: a mail without it is worse than none."""


class InWords(NamedTuple):
    """A code in the city's words: for a label, and for the middle of a sentence."""

    words: str
    in_sentence: str


class DutchLetters:
    """Writes letters from `templates/<template>/{subject.txt,body.txt,body.html}`."""

    def __init__(self, *, public_url: str, sender: str, city: City) -> None:
        self._domain = sender.rpartition("@")[2]
        self._public_url, self._city = public_url, city
        self._for_all = {
            "city": city,
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
            **{fact: self._in_words(draft, fact, form) for fact, form in draft.mail.facts.items()},
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

    def _in_words(self, draft: MessageDraft, fact: str, form: Form) -> object:
        if form is Form.FLAG:
            return fact in draft.facts
        if fact not in draft.facts and fact in draft.mail.may_lack:
            return ""
        said = draft.facts[fact]
        match form:
            case Form.DISTRICT:
                return _words(self._city.districts, said)
            case Form.HOW_SOON:
                return _words(self._city.urgencies, said)
            case Form.DAY:
                return format_date(self._day(said), "EEEE d MMMM", locale=MAIL_LANGUAGE)
            case Form.TIME:
                there = datetime.fromisoformat(said).astimezone(self._city.zone)
                return format_time(there, "HH:mm", locale=MAIL_LANGUAGE)

    def _day(self, iso: str) -> date:
        return self._city.day_of(datetime.fromisoformat(iso)) if "T" in iso else date.fromisoformat(iso)


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


def _words(codes: CodeList[Any], code: str) -> InWords:
    return InWords(codes.words(code), codes.in_sentence(code))
