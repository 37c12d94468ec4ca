"""Dates as people type them, in any form of any page."""

from datetime import date

import pytest

from shared.web.forms import check_form
from tests.unit.shared.web.asking import OWN_PAGE, asking
from tests.unit.shared.web.test_web_forms import TYPED
from tests.unit.shared.web_gallery.gallery import Ask, gallery


@pytest.mark.parametrize(
    "typed",
    [
        "31-12-2017", "31/12/2017", "31.12.2017", "31 12 2017", "2017-12-31", "31-12-17", "31 december 2017",
        "31 dec 2017", "31 Dec. 17", "31-dec-2017", "  31  december  2017 ",
    ],
)  # fmt: skip
def test_date_may_be_typed_as_people_do(typed: str) -> None:
    form = check_form({**TYPED, "child.birthDate": typed}, Ask)
    assert form.data is not None
    assert form.data.child.birth_date == date(2017, 12, 31)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("1 jan 2018", 1),
        ("1 mrt 2018", 3),
        ("1 maart 2018", 3),
        ("1 mei 2018", 5),
        ("1 sept 2018", 9),
        ("1 okt. 18", 10),
    ],
)
def test_month_may_be_typed_in_words(typed: str, month: int) -> None:
    form = check_form({**TYPED, "child.birthDate": typed}, Ask)
    assert form.data is not None
    assert form.data.child.birth_date == date(2018, month, 1)


@pytest.mark.parametrize(("typed", "day"), [("vandaag", 10), ("Gisteren", 9), ("eergisteren", 8), ("morgen", 11)])
def test_day_may_be_typed_as_people_say_it(typed: str, day: int) -> None:
    form = check_form({**TYPED, "child.birthDate": typed}, Ask, today=date(2026, 3, 10))
    assert form.data is not None
    assert form.data.child.birth_date == date(2026, 3, day)


async def test_page_knows_which_day_it_is() -> None:
    async with asking(gallery()) as client:
        page = (await client.post("/aanvragen", data={**TYPED, "child.birthDate": "gisteren"}, headers=OWN_PAGE)).text
    assert "Geboortedatum:" not in page


@pytest.mark.parametrize("typed", ["20160423", "0", "1472688000", "2016-04-23T10:00", "5 mars 2017", "vandaag", "5-5"])
def test_date_that_is_no_day_is_refused_in_words_with_an_example(typed: str) -> None:
    form = check_form({**TYPED, "child.birthDate": typed}, Ask)
    (error,) = form.errors
    assert (error.field, error.problem) == ("child.birthDate", "Schrijf de datum als dag-maand-jaar.")
    assert error.example == "31-12-2017"


def test_date_without_a_year_asks_for_the_year() -> None:
    (error,) = check_form({**TYPED, "child.birthDate": "5 mei"}, Ask).errors
    assert error.problem == "Schrijf ook het jaar."


@pytest.mark.parametrize("typed", ["0001-01-01", "31-12-1899", "1 januari 2200", "9999-12-31"])
def test_year_in_which_nobody_lives_is_a_slip_of_the_hand(typed: str) -> None:
    (error,) = check_form({**TYPED, "child.birthDate": typed}, Ask).errors
    assert error.problem == "Kijk het jaar na."
