"""The letters as a tired volunteer reads them on a phone: plain words, the right link, nothing of the family."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest
from typing_extensions import override

from services.notify.adapters.letters import TEMPLATES, DutchLetters
from services.notify.domain import rules
from services.notify.domain.message import Draft, Message, Template
from services.notify.ports import Delivery, Letter
from shared.events.base import Urgency
from shared.events.matching import WithdrawReason
from shared.kernel.city import Desk
from tests.unit.notify import scenes
from tests.unit.notify.scenes import CASE, CODE, COORDINATOR, NOW

SITE = "https://schakel.example"
LINK = f"{SITE}/antwoord/Zk3vQy0n2m8bR5xW1tLs7dHf4jKp9aGc"
SHORT_CODE = "HKMW-7QXA"
WRITER = DutchLetters(
    public_url=SITE, sender="schakel@schiewijk.example", desk=Desk(name="Schakelpunt Schiewijk", phone="010 000 00 00")
)
ASKED = rules.ask_partner(scenes.partner_activated())
YES = rules.tell_of_acceptance(scenes.partner_accepted())
NOBODY = rules.tell_that_nobody_was_found(scenes.no_partner_found(), [COORDINATOR])
DRAFTS: dict[str, Draft] = {
    "request-received": rules.tell_of_request(scenes.request_received()),
    "request-received-today": rules.tell_of_request(scenes.request_received(Urgency.TODAY)),
    "partner-activated": ASKED,
    "partner-activated-reminder": rules.remind_partner(scenes.response_reminder_due(), ASKED),
    "partner-activated-reminder-bare": rules.remind_partner(scenes.response_reminder_due(), None),
    "partner-accepted": YES,
    "acceptance-reverted": rules.correct_acceptance(scenes.acceptance_reverted(), YES),
    "question-withdrawn": rules.ask_to_stop(scenes.referral_withdrawn())[0],
    "question-withdrawn-need-gone": rules.ask_to_stop(scenes.referral_withdrawn(WithdrawReason.NEED_GONE))[0],
    "nobody-found-ambassador": NOBODY[0],
    "nobody-found-coordinator": NOBODY[1],
    "follow-up": rules.ask_how_the_child_is(scenes.follow_up_due()),
    "follow-up-reminder": rules.ask_how_the_child_is(scenes.follow_up_reminder_due()),
    "sign-in-code": rules.send_sign_in_code(scenes.sign_in_requested()),
    "out-of-sight": rules.alarm_coordinators(scenes.child_out_of_sight(), [COORDINATOR])[0],
    "out-of-sight-reminder": rules.alarm_coordinators(
        scenes.child_out_of_sight(NOW + timedelta(days=5)), [COORDINATOR]
    )[0],
}
LINKED = {Template.PARTNER_ACTIVATED, Template.FOLLOW_UP}
# Blame, haste by pressure, jargon, and words of an institution for a person in need.
FORBIDDEN = (
    "casus", "cliënt", "client", "doelgroep", "probleem", "problematiek", "fout", "schuld", "nagelaten", "verzuim",
    "te laat", "u heeft niet", "dient", "dienen", "indien", "teneinde", "middels", "omtrent", "betreffende", "conform",
    "escalat", "referral", "intake", "deadline", "status", "systeem", "token", "url", "arm gezin", "armoede",
    "zielig", "kwetsbaar", "dringend verzoek", "laatste kans", "verplicht", "bsn",
)  # fmt: skip
LONGEST_SENTENCE = 20
LONGEST_SUBJECT = 70


def written(draft: Draft, name: str = "Samira de Vries") -> Letter:
    linked = draft.template in LINKED
    delivery = Delivery(
        "samira@school.example",
        name,
        LINK if linked else None,
        SHORT_CODE if linked else None,
        "482 913" if draft.template is Template.SIGN_IN_CODE else None,
    )
    return WRITER.write(Message.queue(draft, UUID(int=99), NOW), delivery, NOW)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [given["href"] or ""] if tag == "a" else []
        self.outside += [tag] if tag in {"img", "script", "link", "style", "iframe", "form"} or "src" in given else []

    @override
    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> _Words:
    words = _Words()
    words.feed(html)
    return words


every_letter = pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS.keys())


def test_every_mail_has_its_three_files() -> None:
    folders = {path.parent.name for path in Path(TEMPLATES).glob("*/*")}
    ours = set(Template) - {Template.OF_ANOTHER_RELEASE}
    assert folders == {template.value for template in ours}
    for template in ours:
        names = {path.name for path in (TEMPLATES / template.value).iterdir()}
        assert names == {"subject.txt", "body.txt", "body.html"}


@every_letter
def test_letter_uses_plain_words_without_blame(draft: Draft) -> None:
    letter = written(draft)
    whole = " ".join([letter.subject, letter.text, *read(letter.html).words]).lower()
    whole = re.sub(r"https?://\S+", "", whole)

    assert [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}", whole)] == []


@every_letter
def test_letter_has_short_sentences(draft: Draft) -> None:
    text = re.sub(r"https?://\S+", "", written(draft).text)
    sentences = [sentence.split() for sentence in re.split(r"[.!?:\n]+", text)]

    assert [sentence for sentence in sentences if len(sentence) > LONGEST_SENTENCE] == []


@every_letter
def test_letter_fits_a_phone_and_says_why_and_whom_to_call(draft: Draft) -> None:
    letter = written(draft)
    assert 0 < len(letter.subject) <= LONGEST_SUBJECT
    assert "\n" not in letter.subject
    for body in (letter.text, " ".join(read(letter.html).words)):
        assert "Je krijgt deze mail omdat" in body
        assert "Schakelpunt Schiewijk" in body
        assert "010 000 00 00" in body


@every_letter
def test_text_and_html_carry_the_same_links_and_codes(draft: Draft) -> None:
    letter = written(draft)
    in_text = set(re.findall(r"https?://\S+", letter.text))
    html = read(letter.html)
    in_html = {link for link in html.links if not link.startswith("tel:")} - {SITE}

    assert in_text == in_html
    for code in (SHORT_CODE, "482 913", CODE):
        assert (code in letter.text) == (code in " ".join(html.words))


@every_letter
def test_html_works_without_images_scripts_or_anything_from_outside(draft: Draft) -> None:
    assert read(written(draft).html).outside == []


@every_letter
def test_name_with_markup_stays_text(draft: Draft) -> None:
    html = written(draft, name="<script>alert(1)</script>\r\nBcc: x").html

    assert "<script" not in html


@every_letter
def test_letter_tells_nothing_of_what_the_child_needs(draft: Draft) -> None:
    letter = written(draft)

    assert "bike" not in letter.text + letter.html + letter.subject
    assert "fiets" not in letter.text + letter.html + letter.subject


def test_copies_of_one_message_have_the_same_message_id() -> None:
    assert written(ASKED).message_id == written(ASKED).message_id == f"{UUID(int=99)}@schiewijk.example"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("request-received", f"{SITE}/aanvragen/{CASE}"),
        ("partner-activated", LINK),
        ("partner-accepted", f"{SITE}/aanvragen/{CASE}"),
        ("acceptance-reverted", f"{SITE}/aanvragen/{CASE}"),
        ("nobody-found-ambassador", f"{SITE}/aanvragen/{CASE}"),
        ("nobody-found-coordinator", f"{SITE}/bord/{CASE}"),
        ("follow-up", LINK),
        ("out-of-sight", f"{SITE}/bord/{CASE}"),
    ],
)
def test_button_leads_to_the_page_of_the_reader(name: str, page: str) -> None:
    assert page in written(DRAFTS[name]).text


def test_days_and_times_are_dutch_and_of_amsterdam() -> None:
    assert "donderdag 5 maart" in written(DRAFTS["partner-accepted"]).text
    assert "10:10 uur" in written(DRAFTS["sign-in-code"]).text
    assert "Uit het oog sinds: maandag 2 maart" in written(DRAFTS["out-of-sight"]).text


def test_partner_that_also_helps_with_something_else_reads_that_this_goes_on() -> None:
    goes_on = "Dan gaat dat gewoon door."
    assert goes_on in written(DRAFTS["question-withdrawn-need-gone"]).text
    assert goes_on not in written(DRAFTS["question-withdrawn"]).text


def test_reminder_says_that_it_is_one() -> None:
    assert written(DRAFTS["partner-activated-reminder"]).subject == f"Herinnering: kun je helpen in Noord? ({CODE})"
    assert written(DRAFTS["partner-activated-reminder-bare"]).subject == f"Herinnering: kun je helpen? ({CODE})"
    assert written(DRAFTS["follow-up-reminder"]).subject == f"Herinnering: hoe gaat het nu? ({CODE})"
    assert written(DRAFTS["out-of-sight-reminder"]).subject == f"Herinnering: een kind is nog uit het oog ({CODE})"


def test_answers_go_to_the_desk_when_it_has_an_address() -> None:
    desk = Desk(name="het Schakelpunt", email="regie@schakelpunt.example")
    writer = DutchLetters(public_url=SITE, sender="schakel@schiewijk.example", desk=desk)
    letter = writer.write(Message.queue(ASKED, UUID(int=1), NOW), Delivery("a@b.nl", "Zoë", LINK, SHORT_CODE), NOW)

    assert "Je antwoord gaat naar het Schakelpunt" in letter.text
    assert "Neem contact op met het Schakelpunt" in letter.text
