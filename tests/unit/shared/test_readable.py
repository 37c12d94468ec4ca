"""One rule for text, names and telephone numbers, whichever door they come in by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.contact_details import BadContactDetail, phone_number, web_address
from shared.kernel.readable import Unreadable, name_of_person, name_of_thing, on_one_line, readable

WRONG_NAMES = (
    "kijk op http://evil.example", "Sam: bel 06", "sam@evil.example", "Sam\nBel mij", "Sam\r\nBcc: x", "Sam \u202enaS",
    "Sam\u2028x", "Sam\x85x", "Sam\x00", "Sam 1", "…", "Sam\u200dx", "Sam/Noor", "<b>Sam</b>",
)  # fmt: skip
WRONG_NUMBERS = (
    "06 1234567", "06 123", "06 123456789", "010 123 456", "+31 6 123456789", "612345678.0", "010-1234567 t12", "112",
    "geen", "+32 2 123", "061234567.0", "0612345670.0", "00 0612345678", "+49 030 123456", "000 000 00 00",
)  # fmt: skip


@pytest.mark.parametrize("typed", WRONG_NAMES)
def test_name_of_person_takes_letters_only(typed: str) -> None:
    with pytest.raises(Unreadable):
        name_of_person(typed)


@pytest.mark.parametrize(
    "typed",
    ["Noor el-Amrani", "Anne-Marie d'Hont", "Zoë de Vries (teamleider)", "\u0633\u0627\u0631\u0629", "J.P. Bos"],
)
def test_name_of_person_is_kept_as_typed(typed: str) -> None:
    assert name_of_person(f"  {typed} ") == typed


@pytest.mark.parametrize("typed", ["evil.example", "log in op evil.example", "Sam (www.evil.example)", "пример.рф"])
def test_name_of_person_that_mail_programs_make_a_link_of_is_refused_and_says_why(typed: str) -> None:
    with pytest.raises(Unreadable, match="Dit lijkt op een webadres"):
        name_of_person(typed)


@pytest.mark.parametrize(
    ("typed", "kept"), [("J.Jansen", "J. Jansen"), ("dr. Bos", "dr. Bos"), ("A.B. Bos", "A.B. Bos")]
)
def test_initials_and_titles_are_no_address(typed: str, kept: str) -> None:
    assert name_of_person(typed) == kept


def test_half_space_of_farsi_stays_and_signs_without_width_go() -> None:
    assert (
        name_of_person("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
        == "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    )
    assert readable("fiets\u00aden\u200b \ufeff") == "fietsen"


@pytest.mark.parametrize("typed", ["www.evil.example", "Klik https://evil.example", "a@b.example", "A\nB", "---"])
def test_name_of_organisation_is_no_address(typed: str) -> None:
    with pytest.raises(Unreadable):
        name_of_thing(typed)


def test_same_text_typed_on_two_systems_is_the_same() -> None:
    assert on_one_line("Cafe\u0301  Zoe\u0308\r\n1") == "Café Zoë 1"


@pytest.mark.parametrize("typed", ["a\u202eb", "a\u2067b", "a\x9bb", "a\x07b"])
def test_text_that_shows_something_else_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        readable(typed)


@pytest.mark.parametrize("typed", WRONG_NUMBERS)
def test_number_with_a_digit_too_few_or_too_many_is_refused(typed: str) -> None:
    with pytest.raises(BadContactDetail):
        phone_number(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0612345678", "06 12345678"),
        ("+31 (0)6 12345678", "06 12345678"),
        ("0031 10 123 45 67", "010 123 4567"),
        ("010-0000000", "010 000 0000"),
        ("0800 1234", "0800 1234"),
        ("14 010", "14 010"),
        ("+597 400000", "+597 400-000"),
        ("+32 (0)470 12 34 56", "+32 470 12 34 56"),
        ("\u0660\u0666 \u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", "06 12345678"),
    ],
)
def test_number_is_shown_as_it_is_read_aloud(typed: str, shown: str) -> None:
    assert phone_number(typed) == shown


@given(
    st.sampled_from(
        ["0", "00", "06", "+31", "+31 (0)", "0031", "+310", "+32 (0)4", "+32 4", "0049 30", "+49 (0)30", "+597"]
    ),
    st.lists(st.sampled_from("0123456789"), min_size=3, max_size=11).map("".join),
    st.integers(0, 11),
    st.sampled_from(["", " ", "-", ".", ".0", " t"]),
)
def test_digits_shown_are_the_digits_typed(prefix: str, digits: str, at: int, between: str) -> None:
    typed = prefix + digits[:at] + between + digits[at:]
    try:
        shown = phone_number(typed)
    except BadContactDetail:
        return

    assert dialled_from_abroad(shown) == dialled_from_abroad(typed)


def dialled_from_abroad(number: str) -> str:
    written = number.replace("(0)", "")
    digits = re.sub(r"\D", "", written)
    abroad = digits if "+" in written else digits[2:] if digits.startswith("00") else "31" + digits.removeprefix("0")
    return "31" + abroad[2:].removeprefix("0") if abroad.startswith("31") else abroad


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "geen adres", "https://a@b.example", "http://"])
def test_web_address_runs_nothing(typed: str) -> None:
    with pytest.raises(BadContactDetail):
        web_address(typed)
