"""The letters as a tired volunteer reads them on a phone: plain words, the right link, nothing of the family."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from services.notify.adapters.letters import TEMPLATES, DutchLetters, LinkMissing
from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.mails import MAILS
from services.notify.domain.message import Message, MessageDraft
from services.notify.ports import Delivery, Letter
from shared.kernel.city import Desk
from tests.unit.notify.builders import CASE, CODE, NOW
from tests.unit.notify.html import read

SITE = "https://schakel.example"
LINK = f"{SITE}/antwoord/Zk3vQy0n2m8bR5xW1tLs7dHf4jKp9aGc"
SHORT_CODE = "HKMW-7QXA"
SIGN_IN_CODE = "482 913"
WRITER = DutchLetters(
    public_url=SITE, sender="schakel@schiewijk.example", desk=Desk(name="Schakelpunt Schiewijk", phone="010 000 00 00")
)
FACTS: Mapping[Form, str] = {
    Form.DISTRICT: "noord",
    Form.HOW_SOON: "soon",
    Form.DAY: "2026-03-05",
    Form.TIME: "2026-03-02T09:10:00+00:00",
}


def draft_of(mail: Mail, *flags: str, without: frozenset[str] = frozenset()) -> MessageDraft:
    """A draft with invented facts: exactly those that its mail declares."""
    facts = {fact: FACTS[form] for fact, form in mail.facts.items() if form is not Form.FLAG and fact not in without}
    return MessageDraft(
        mail,
        UUID(int=7),
        occasion="invented",
        about_id=UUID(int=8),
        case_id=CASE,
        case_code=CODE,
        facts=facts | dict.fromkeys(flags, "yes"),
    )


def _every_draft() -> Iterator[tuple[str, MessageDraft]]:
    """Each mail without its flags, with each of them, and with as little as it may have."""
    for name, mail in MAILS.items():
        yield name, draft_of(mail)
        for flag in (fact for fact, form in mail.facts.items() if form is Form.FLAG):
            yield f"{name}-{flag}", draft_of(mail, flag)
            if mail.may_lack:
                yield f"{name}-{flag}-bare", draft_of(mail, flag, without=mail.may_lack)


DRAFTS = dict(_every_draft())
# Blame, haste by pressure, jargon, and words of an institution for a person in need.
FORBIDDEN = (
    "casus", "cliënt", "client", "doelgroep", "probleem", "problematiek", "fout", "schuld", "nagelaten", "verzuim",
    "te laat", "u heeft niet", "dient", "dienen", "indien", "teneinde", "middels", "omtrent", "betreffende", "conform",
    "escalat", "referral", "intake", "deadline", "status", "systeem", "token", "url", "arm gezin", "armoede",
    "zielig", "kwetsbaar", "dringend verzoek", "laatste kans", "verplicht", "bsn",
)  # fmt: skip
LONGEST_SENTENCE = 20
LONGEST_SUBJECT = 70


def delivery_for(mail: Mail, name: str = "Samira de Vries") -> Delivery:
    """What the other services answer about a mail."""
    linked = mail.link in {Link.ANSWER, Link.FOLLOW_UP}
    return Delivery(
        "samira@school.example",
        name,
        link=LINK if linked else None,
        short_code=SHORT_CODE if linked else None,
        code=SIGN_IN_CODE if mail.link is Link.SIGN_IN_CODE else None,
    )


def written(draft: MessageDraft, name: str = "Samira de Vries") -> Letter:
    return WRITER.write(Message.queue(draft, UUID(int=99), NOW), delivery_for(draft.mail, name), NOW)


every_letter = pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS.keys())
every_mail = pytest.mark.parametrize("mail", MAILS.values(), ids=MAILS.keys())


def test_every_mail_has_its_three_files_and_no_folder_is_of_no_mail() -> None:
    assert {path.name for path in TEMPLATES.iterdir() if path.is_dir()} == set(MAILS)
    for folder in (TEMPLATES / template for template in MAILS):
        assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}


@every_mail
def test_files_of_a_mail_use_exactly_the_words_of_its_link_and_its_facts(mail: Mail) -> None:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    used = {
        word
        for file in (TEMPLATES / mail.template).iterdir()
        for word in meta.find_undeclared_variables(environment.parse(file.read_text(encoding="utf-8")))
    }
    for_every_mail = WRITER.words(draft_of(Mail("bare", "", mail.audience)), delivery_for(mail)).keys()
    its_own = WRITER.words(draft_of(mail), delivery_for(mail)).keys() - for_every_mail

    assert used - {"parts"} - for_every_mail == its_own
    assert its_own >= mail.facts.keys()


@pytest.mark.parametrize("mail", [mail for mail in MAILS.values() if mail.link.is_made_when_sent])
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
def test_letter_uses_plain_words_without_blame(draft: MessageDraft) -> None:
    letter = written(draft)
    whole = " ".join([letter.subject, letter.text, *read(letter.html).words]).lower()
    whole = re.sub(r"https?://\S+", "", whole)

    assert [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}", whole)] == []


@every_letter
def test_letter_has_short_sentences(draft: MessageDraft) -> None:
    text = re.sub(r"https?://\S+", "", written(draft).text)
    sentences = [sentence.split() for sentence in re.split(r"[.!?:\n]+", text)]

    assert [sentence for sentence in sentences if len(sentence) > LONGEST_SENTENCE] == []


@every_letter
def test_letter_fits_a_phone_and_says_why_and_whom_to_call(draft: MessageDraft) -> None:
    letter = written(draft)
    assert 0 < len(letter.subject) <= LONGEST_SUBJECT
    assert "\n" not in letter.subject
    for body in (letter.text, " ".join(read(letter.html).words)):
        assert "Je krijgt deze mail omdat" in body
        assert "Schakelpunt Schiewijk" in body
        assert "010 000 00 00" in body


@every_letter
def test_text_and_html_carry_the_same_links_and_codes(draft: MessageDraft) -> None:
    letter = written(draft)
    in_text = set(re.findall(r"https?://\S+", letter.text))
    html = read(letter.html)
    in_html = {link for link in html.links if not link.startswith("tel:")} - {SITE}

    assert in_text == in_html
    for code in (SHORT_CODE, SIGN_IN_CODE, CODE):
        assert (code in letter.text) == (code in " ".join(html.words))


@every_letter
def test_html_works_without_images_scripts_or_anything_from_outside(draft: MessageDraft) -> None:
    assert read(written(draft).html).outside == []


@every_letter
def test_name_with_markup_stays_text(draft: MessageDraft) -> None:
    html = written(draft, name="<script>alert(1)</script>\r\nBcc: x").html

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
        ("help-sought", f"{SITE}/bord/{CASE}"),
        ("follow-up", LINK),
        ("out-of-sight", f"{SITE}/bord/{CASE}"),
    ],
)
def test_button_leads_to_the_page_of_the_reader(name: str, page: str) -> None:
    assert page in written(DRAFTS[name]).text


def test_days_and_times_are_dutch_and_of_amsterdam() -> None:
    assert "donderdag 5 maart" in written(DRAFTS["partner-accepted"]).text
    assert "10:10 uur" in written(DRAFTS["sign-in-code"]).text
    assert "Uit het oog sinds: donderdag 5 maart" in written(DRAFTS["out-of-sight"]).text


def test_partner_that_also_helps_with_something_else_reads_that_this_goes_on() -> None:
    goes_on = "Dan gaat dat gewoon door."
    assert goes_on in written(DRAFTS["question-withdrawn-others_go_on"]).text
    assert goes_on not in written(DRAFTS["question-withdrawn"]).text


def test_reminder_says_that_it_is_one() -> None:
    assert written(DRAFTS["partner-activated-reminder"]).subject == f"Herinnering: kun je helpen in Noord? ({CODE})"
    assert written(DRAFTS["partner-activated-reminder-bare"]).subject == f"Herinnering: kun je helpen? ({CODE})"
    assert written(DRAFTS["follow-up-reminder"]).subject == f"Herinnering: hoe gaat het nu? ({CODE})"
    assert written(DRAFTS["out-of-sight-reminder"]).subject == f"Herinnering: een kind is nog uit het oog ({CODE})"


def test_answers_go_to_the_desk_when_it_has_an_address() -> None:
    desk = Desk(name="het Schakelpunt", email="regie@schakelpunt.example")
    writer = DutchLetters(public_url=SITE, sender="schakel@schiewijk.example", desk=desk)
    asked = Message.queue(DRAFTS["partner-activated"], UUID(int=1), NOW)
    letter = writer.write(asked, Delivery("a@b.nl", "Zoë", LINK, SHORT_CODE), NOW)

    assert "Je antwoord gaat naar het Schakelpunt" in letter.text
    assert "Neem contact op met het Schakelpunt" in letter.text
