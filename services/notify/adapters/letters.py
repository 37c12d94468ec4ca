"""Letters in Dutch from the templates: three files for each mail, one layout, one stylesheet that goes into tags."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from css_inline import CSSInliner
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined

from services.notify.adapters.calendar_files import calendar_file
from services.notify.adapters.dutch import Dutch
from services.notify.adapters.link_paths import PAGES
from services.notify.domain.appointment import Appointment
from services.notify.domain.draft import MessageDraft
from services.notify.domain.letter import CalendarFile, Delivery, Letter, Reading
from services.notify.domain.mail import Form, Link
from services.notify.domain.message import Message
from shared.events.base import Urgency
from shared.events.http import Mentioned
from shared.kernel.city import City

TEMPLATES: Final = Path(__file__).parent.parent / "templates"
SETTINGS_PATH: Final = "berichten/instellingen"
BUTTON_WAS_HERE: Final = "(hier stond een knop)"
CODE_WAS_HERE: Final = "(hier stond een code)"
# The parts of a digest, each with its words.
Said = Sequence[tuple[Message, Mapping[str, object]]]
URGENT_FIRST: Final = (Urgency.TODAY.value, Urgency.SOON.value, Urgency.NORMAL.value)


class LinkMissing(LookupError):
    """Nobody made what the reader is to open: a mail without it is worse than none."""


class Opens(NamedTuple):
    """What the reader opens; an empty `link` is nothing.

    `has_link`: the reader wants links; else only `short_code` and the address of the site.
    """

    link: str
    short_code: str
    has_link: bool


class Item(NamedTuple):
    """One part of a digest: its words, and its body as it would stand in a letter of its own."""

    code: str
    title: str
    words: Mapping[str, object]
    body: str


class DutchLetters:
    """Writes letters from `templates/<template>/{subject.txt,body.txt,body.html}`."""

    def __init__(self, *, public_url: str, sender: str, city: City) -> None:
        self._sender, self._domain = sender, sender.rpartition("@")[2]
        self._public_url, self._city, self._dutch = public_url, city, Dutch(city)
        self._for_all = {
            "city": city,
            "site": public_url.removeprefix("https://").removeprefix("http://"),
            "site_url": public_url,
            "settings_path": SETTINGS_PATH,
        }
        self._html, self._text = _environment("html", escaping=True), _environment("txt", escaping=False)
        self._bodies = {"html": _without_layout(self._html), "txt": _without_layout(self._text)}
        # What depends on the reader's screen stays in the head; all else goes into the tags, which every client reads.
        self._inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)

    def write(self, message: Message, delivery: Delivery, at: datetime) -> Letter:
        return self._write(message, self._words(message, delivery), delivery, at)

    def write_digest(
        self, digest: Message, parts: Sequence[tuple[Message, Delivery]], delivery: Delivery, at: datetime
    ) -> Letter:
        words = dict(self._words(digest, delivery))
        said = sorted(((part, self._words(part, its)) for part, its in parts), key=lambda one: _pressing(one[0].draft))
        numbers = {part.draft.number for part, _ in said}
        words["number"] = said[0][0].draft.number if len(numbers) == 1 else None
        return self._write(digest, words, delivery, at, said)

    def tell(self, message: Message, name: str, mentioned: Sequence[Mentioned]) -> Reading:
        # What opened something is not made again: where it stood, the text says so.
        there = Delivery("", name, link=self._public_url, code=CODE_WAS_HERE, mentioned=tuple(mentioned))
        said = [(part, self._words(part, there)) for part in message.parts]
        subject, text = self._subject_and_text(message, self._words(message, there), said)
        return Reading(subject, re.sub(r"https?://\S+", BUTTON_WAS_HERE, text))

    def words(self, draft: MessageDraft, delivery: Delivery, *, codes_only: bool = False) -> Mapping[str, object]:
        """What the templates of this mail may use: what every mail has, what its link brings, and its facts."""
        mentioned = {one.person_id: one for one in delivery.mentioned}
        facts: dict[str, object] = {}
        for fact, form in draft.mail.facts.items():
            if form is Form.FLAG:
                facts[fact] = fact in draft.facts
            elif fact not in draft.facts and fact in draft.mail.may_lack:
                facts[fact] = self._dutch.absent(form)
            else:
                facts[fact] = self._dutch.words(draft.facts[fact], form, mentioned)
        return {
            **self._for_all,
            "name": " ".join(delivery.name.split()),
            "number": draft.number,
            "audience": draft.mail.audience.value,
            "codes_only": codes_only,
            "stands_in_for": " ".join((delivery.stands_in_for or "").split()),
            "stands_in_until": delivery.stands_in_until and self._dutch.day(delivery.stands_in_until),
            **self._opened(draft, delivery, codes_only=codes_only),
            **({"stop": delivery.stop or self._public_url} if draft.mail.can_be_stopped else {}),
            **({"gathering": self._dutch.gathering(delivery.gathering)} if draft.mail.tells_of_gathering else {}),
            **facts,
        }

    def _words(self, message: Message, delivery: Delivery) -> Mapping[str, object]:
        return self.words(message.draft, delivery, codes_only=message.codes_only)

    def _write(
        self,
        message: Message,
        words: Mapping[str, object],
        delivery: Delivery,
        at: datetime,
        said: Said = (),
    ) -> Letter:
        folder = message.draft.mail.template
        subject, text = self._subject_and_text(message, words, said)
        html = self._html.get_template(f"{folder}/body.html").render(self._with_items(words, said, "html"))
        return Letter(
            message_id=f"{message.id}@{self._domain}",
            to_address=delivery.address,
            to_name=delivery.name,
            subject=subject,
            text=text,
            html=self._inliner.inline(html),
            written_at=at,
            calendar=self._calendar(message, delivery, at),
        )

    def _subject_and_text(self, message: Message, words: Mapping[str, object], said: Said) -> tuple[str, str]:
        folder, shown = message.draft.mail.template, self._with_items(words, said, "txt")
        subject = self._text.get_template(f"{folder}/subject.txt").render(shown)
        text = self._text.get_template(f"{folder}/body.txt").render(shown)
        return " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

    def _opened(self, draft: MessageDraft, delivery: Delivery, *, codes_only: bool) -> Mapping[str, object]:
        link = draft.mail.link
        if link in PAGES:
            path = PAGES[link].format(about=draft.case_id or draft.about_id)
            return {"opens": Opens(f"{self._public_url}/{path}", "", not codes_only)}
        if link.may_be_missing and not delivery.link:
            return {"opens": Opens("", "", has_link=False)}
        if link.is_a_link_when_sent:
            return {"opens": Opens(_there(delivery.link), delivery.short_code or "", not codes_only)}
        if link is Link.SIGN_IN_CODE:
            return {"code": _there(delivery.code)}
        return {"items": ()} if link is Link.OWN_MAILS else {}

    def _with_items(
        self,
        words: Mapping[str, object],
        said: Said,
        kind: str,
    ) -> Mapping[str, object]:
        if not said:
            return words
        items = [
            Item(
                part.draft.mail.template,
                part.draft.mail.title,
                its,
                self._bodies[kind].get_template(f"{part.draft.mail.template}/body.{kind}").render(its).strip(),
            )
            for part, its in said
        ]
        return {**words, "items": items}

    def _calendar(self, message: Message, delivery: Delivery, at: datetime) -> CalendarFile | None:
        draft, fact = message.draft, message.draft.appointment_fact
        if fact is None:
            return delivery.calendar
        return calendar_file(
            Appointment.from_fact(draft.facts[fact]),
            draft.number or "",
            reader=delivery.address,
            organiser=self._city.desk.email or self._sender,
            domain=self._domain,
            city=self._city,
            at=at,
        )


def _pressing(draft: MessageDraft) -> tuple[int, int, str]:
    """What was brought up most often stands first, then what is needed soonest, then what waits longest."""
    how_soon = draft.facts.get("how_soon", URGENT_FIRST[-1])
    order = URGENT_FIRST.index(how_soon) if how_soon in URGENT_FIRST else len(URGENT_FIRST)
    return -int(draft.facts.get("times", "0")), order, draft.facts.get("since", "")


def _without_layout(environment: Environment) -> Environment:
    """The same mails with their bodies alone, as they stand in a digest."""
    bodies_only = DictLoader(dict.fromkeys(("layout.html", "layout.txt"), "{% block body %}{% endblock %}"))
    return environment.overlay(loader=ChoiceLoader([bodies_only, FileSystemLoader(TEMPLATES)]))


def _environment(kind: str, *, escaping: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=escaping,  # noqa: S701 - plain text has nothing to escape
        # A mail without its number or link is worse than none: a missing word is an error.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["parts"] = environment.get_template(f"parts.{kind}").module
    environment.globals["stylesheet"] = (TEMPLATES / "mail.css").read_text(encoding="utf-8")
    return environment


def _there(made: str | None) -> str:
    if not made:
        raise LinkMissing
    return made
