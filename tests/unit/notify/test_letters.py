"""The letters as a tired volunteer reads them on a phone: plain words, the right link, nothing of the family."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from services.notify.adapters.letters import TEMPLATES, LinkMissing
from services.notify.domain.draft import MessageDraft
from services.notify.domain.letter import Delivery
from services.notify.domain.mail import Form, Mail
from services.notify.domain.mails import MAILS
from services.notify.domain.message import Message
from shared.kernel.city import City
from tests.unit.notify.builders import CASE, CODE, NOW
from tests.unit.notify.html import read
from tests.unit.notify.letters import (
    DRAFTS,
    ELSEWHERE,
    HERE,
    LINK,
    NUMBER,
    SHORT_CODE,
    SIGN_IN_CODE,
    SITE,
    WRITER,
    delivery_for,
    draft_of,
    every_draft,
    written,
)  # fmt: skip

# Blame, haste by pressure, jargon, and words of an institution for a person in need.
FORBIDDEN = (
    "casus", "cliënt", "client", "doelgroep", "probleem", "problematiek", "fout", "schuld", "nagelaten", "verzuim",
    "te laat", "u heeft niet", "dient", "dienen", "indien", "teneinde", "middels", "omtrent", "betreffende", "conform",
    "escalat", "referral", "intake", "deadline", "status", "systeem", "token", "url", "arm gezin", "armoede",
    "zielig", "kwetsbaar", "dringend verzoek", "laatste kans", "verplicht", "bsn",
)  # fmt: skip
LONGEST_SENTENCE = 20
LONGEST_SUBJECT = 70

every_letter = pytest.mark.parametrize(
    ("draft", "city"),
    [
        pytest.param(draft, city, id=f"{name} in {city.name}")
        for city in (HERE, ELSEWHERE)
        for name, draft in every_draft(city)
    ],
)
every_mail = pytest.mark.parametrize("mail", MAILS.values(), ids=MAILS.keys())


def test_every_mail_has_its_three_files_and_no_folder_is_of_no_mail() -> None:
    assert {path.name for path in TEMPLATES.iterdir() if path.is_dir()} == set(MAILS)
    for folder in (TEMPLATES / template for template in MAILS):
        assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}


def words_of(environment: Environment, file: Path) -> set[str]:
    """What this file of a mail uses, and that of the other mail that it extends."""
    said = file.read_text(encoding="utf-8")
    parent = re.match(r'{% extends "([^/"]+/[^"]+)" %}', said)
    more = words_of(environment, TEMPLATES / parent[1]) if parent else set()
    return more | meta.find_undeclared_variables(environment.parse(said))


@every_mail
def test_files_of_a_mail_use_exactly_the_words_of_its_link_and_its_facts(mail: Mail) -> None:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    used = {word for file in (TEMPLATES / mail.template).iterdir() for word in words_of(environment, file)}
    for_every_mail = WRITER.words(draft_of(Mail("bare", "", mail.audience)), delivery_for(mail)).keys()
    its_own = WRITER.words(draft_of(mail), delivery_for(mail)).keys() - for_every_mail

    assert used - {"parts"} - for_every_mail == its_own
    assert its_own >= mail.facts.keys()


@pytest.mark.parametrize(
    "mail", [mail for mail in MAILS.values() if mail.link.is_made_when_sent and not mail.link.may_be_missing]
)
def test_mail_is_not_written_without_what_the_reader_is_to_open(mail: Mail) -> None:
    with pytest.raises(LinkMissing):
        WRITER.write(Message.queue(draft_of(mail), UUID(int=99), NOW), Delivery("samira@school.example", "Samira"), NOW)


@every_mail
def test_mail_is_not_written_without_a_fact_that_it_declares(mail: Mail) -> None:
    for fact in mail.facts.keys() - mail.may_lack:
        if mail.facts[fact] is not Form.FLAG:
            with pytest.raises(KeyError, match=fact):
                written(draft_of(mail, without=frozenset({fact})))


@every_letter
def test_letter_uses_plain_words_without_blame(draft: MessageDraft, city: City) -> None:
    letter = written(draft, city=city)
    whole = " ".join([letter.subject, letter.text, *read(letter.html).words]).lower()
    whole = re.sub(r"https?://\S+", "", whole)

    assert [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}", whole)] == []


@every_letter
def test_letter_has_short_sentences(draft: MessageDraft, city: City) -> None:
    text = re.sub(r"https?://\S+", "", written(draft, city=city).text)
    sentences = [sentence.split() for sentence in re.split(r"[.!?:\n]+", text)]

    assert [sentence for sentence in sentences if len(sentence) > LONGEST_SENTENCE] == []


@every_letter
def test_letter_fits_a_phone_and_says_why_and_whom_to_call(draft: MessageDraft, city: City) -> None:
    letter = written(draft, city=city)
    assert 0 < len(letter.subject) <= LONGEST_SUBJECT
    assert "\n" not in letter.subject
    for body in (letter.text, " ".join(read(letter.html).words)):
        assert "Je krijgt deze mail omdat" in body
        assert city.desk.name in body
        assert city.desk.phone in body


@every_letter
def test_text_and_html_carry_the_same_links_and_codes(draft: MessageDraft, city: City) -> None:
    letter = written(draft, city=city)
    in_text = set(re.findall(r"https?://\S+", letter.text))
    html = read(letter.html)
    in_html = {link for link in html.links if not link.startswith("tel:")} - {SITE}

    assert in_text == in_html
    for code in (SHORT_CODE, SIGN_IN_CODE, CODE):
        assert (code in letter.text) == (code in " ".join(html.words))


@every_letter
def test_html_works_without_images_scripts_or_anything_from_outside(draft: MessageDraft, city: City) -> None:
    assert read(written(draft, city=city).html).outside == []


@every_letter
def test_name_with_markup_stays_text(draft: MessageDraft, city: City) -> None:
    html = written(draft, name="<script>alert(1)</script>\r\nBcc: x", city=city).html

    assert "<script" not in html


def test_copies_of_one_message_have_the_same_message_id() -> None:
    asked = DRAFTS["partner-activated"]
    assert written(asked).message_id == written(asked).message_id == f"{UUID(int=99)}@schiewijk.example"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("request-received", f"{SITE}/aanvragen/{CASE}"),
        ("partner-activated", LINK),
        ("partner-accepted", f"{SITE}/aanvragen/{CASE}"),
        ("acceptance-reverted", f"{SITE}/aanvragen/{CASE}"),
        ("nobody-found", f"{SITE}/aanvragen/{CASE}"),
        ("desk-point", f"{SITE}/bord/{CASE}"),
        ("help-agreed", LINK),
        ("help-delivered", LINK),
        ("early-signal", f"{SITE}/aanvragen/signaal/{CASE}"),
        ("follow-up", LINK),
        ("out-of-sight", f"{SITE}/bord/{CASE}"),
    ],
)
def test_button_leads_to_the_page_of_the_reader(name: str, page: str) -> None:
    assert page in written(DRAFTS[name]).text


def test_partner_that_also_helps_with_something_else_reads_that_this_goes_on() -> None:
    goes_on = "Dan gaat dat gewoon door."
    assert goes_on in written(DRAFTS["question-withdrawn-others_go_on"]).text
    assert goes_on not in written(DRAFTS["question-withdrawn"]).text


def test_reminder_says_that_it_is_one() -> None:
    assert written(DRAFTS["partner-activated-reminder"]).subject == f"Herinnering: kun je helpen? ({NUMBER})"
    assert written(DRAFTS["partner-activated-reminder-bare"]).subject == f"Herinnering: kun je helpen? ({NUMBER})"
    assert written(DRAFTS["follow-up-reminder"]).subject == f"Herinnering: hoe gaat het nu? ({CODE})"
    assert written(DRAFTS["out-of-sight-reminder"]).subject == f"Herinnering: een kind is nog uit het oog ({CODE})"
