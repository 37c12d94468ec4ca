"""Forms: what somebody typed becomes a model, or comes back with every problem in words."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from fastapi import Request

from shared.kernel.errors import Invalid
from shared.web.forms import check_form, empty_form, read_form, typed_or_empty
from tests.parts.city import a_city
from tests.twins.clock import HeldClock
from tests.unit.shared.web.asking import OWN_PAGE, asking
from tests.unit.shared.web_gallery.gallery import Ask, Need, gallery

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
TYPED = {
    "child.firstName": "Amina",
    "child.birthDate": "31-12-2017",
    "district": "noord",
    "story": "",
    "needs.0.category": "bike",
    "needs.0.urgency": "soon",
    "consent": "true",
}


def test_form_becomes_the_model_when_all_is_well() -> None:
    form = check_form(TYPED, Ask)
    assert form.errors == []
    assert form.data is not None
    assert form.data.child.birth_date == date(2017, 12, 31)
    assert form.data.story is None
    assert [need.category for need in form.data.needs] == ["bike"]


def test_every_wrong_field_is_named_with_label_problem_and_example() -> None:
    form = check_form({**TYPED, "child.firstName": "", "child.birthDate": "31-02-2017", "district": "N00rd"}, Ask)
    assert form.data is None
    assert {(error.field, error.label, error.problem, error.example) for error in form.errors} == {
        ("child.firstName", "Voornaam", "Vul dit in.", "Amina"),
        ("child.birthDate", "Geboortedatum", "Dit is geen datum die bestaat.", "31-12-2017"),
        ("district", "Wijk", "Dit is niet op de goede manier geschreven.", "noord"),
    }
    assert form.value_of("child.birthDate") == "31-02-2017"


def test_section_of_which_nothing_was_filled_in_is_asked_for_field_by_field() -> None:
    form = check_form({name: value for name, value in TYPED.items() if not name.startswith("child.")}, Ask)
    assert [error.field for error in form.errors] == ["child.firstName", "child.birthDate"]


def test_choice_that_was_not_made_is_asked_for_in_words_not_codes() -> None:
    form = check_form({name: value for name, value in TYPED.items() if not name.startswith(("needs", "consent"))}, Ask)
    assert {(error.field, error.problem, error.example) for error in form.errors} == {
        ("needs.0.category", "Kies wat klopt.", None),
        ("needs.0.urgency", "Kies wat klopt.", None),
        ("consent", "Kruis dit aan.", None),
    }


def test_what_is_wrong_is_told_in_the_order_of_the_page() -> None:
    form = check_form({"district": "N00rd", "needs.1.category": "food", "needs.3.urgency": "soon"}, Ask)
    form.refuse("child.lastName", "Vul dit in.", label="Achternaam")
    by_model = [error.field for error in form.errors]
    assert by_model == [
        "child.firstName", "child.birthDate", "child.lastName", "district", "needs.1.urgency", "needs.3.category",
        "consent",
    ]  # fmt: skip
    ordered = check_form({"district": "N00rd"}, Ask, order=("consent", "needs", "child.birthDate", "child", "district"))
    assert [error.field for error in ordered.errors] == [
        "consent", "needs.0.category", "needs.0.urgency", "child.birthDate", "child.firstName", "district",
    ]  # fmt: skip


def test_one_field_can_be_read_while_others_are_wrong() -> None:
    form = check_form({**TYPED, "child.firstName": "", "district": "N00rd"}, Ask)
    assert form.data is None
    assert form.read("child.birthDate") == date(2017, 12, 31)
    assert [form.read(name) for name in ("child.firstName", "district", "child.none", "none")] == [None] * 4


def test_right_choice_is_named_in_the_words_of_the_page() -> None:
    form = check_form(TYPED, Ask)
    refusal = Invalid("needs.0.urgency", "Dit moet vandaag.", example="today")
    form.refuse_as(refusal, {"needs.0.urgency": {"today": "Vandaag nog"}})
    (error,) = form.errors
    assert (error.example, error.choose) == ("Vandaag nog", True)
    form = check_form(TYPED, Ask)
    form.refuse_as(refusal)
    assert form.errors[0].example is None


def test_form_keeps_something_only_when_somebody_typed_it() -> None:
    given = {"district": "noord"}
    assert not check_form({"district": "noord", "story": ""}, Ask, given=given).keeps_something
    assert check_form({"district": "oost"}, Ask, given=given).keeps_something


def test_empty_row_in_between_is_passed_over_and_errors_keep_their_row() -> None:
    rows = {"needs.1.category": "", "needs.1.urgency": "", "needs.2.category": "food", "needs.2.urgency": ""}
    form = check_form({**TYPED, **rows}, Ask)
    assert [error.field for error in form.errors] == ["needs.2.urgency"]


def test_problem_found_later_stands_at_its_field_with_its_label() -> None:
    form = empty_form(Ask, child__firstName="111222333")
    form.refuse_as(Invalid("child.firstName", "Hier staat een burgerservicenummer."))
    error = form.error_of("child.firstName")
    assert error is not None
    assert (error.label, error.example) == ("Voornaam", "Amina")
    assert form.value_of("child.firstName") == "111222333"


def test_odd_names_of_fields_do_not_break_reading() -> None:
    odd = {
        "needs": "x",
        "needs.0": "y",
        "a.b.c": "z",
        "": "q",
        "child": "w",
        "1.2": "v",
        "needs.99999999999999.category": "food",
    }
    assert check_form({**TYPED, **odd}, Ask).data is None


@pytest.mark.parametrize("name", ["0", "1.2", "", ".", "needs." + "9" * 5000, "a." * 3000, "child." * 7, "a" * 101])
async def test_field_that_no_page_has_is_left_out(name: str) -> None:
    async with asking(gallery()) as client:
        alone = await client.post("/aanvragen", data={name: "x"}, headers=OWN_PAGE)
        reply = await client.post("/aanvragen", data={**TYPED, name: "x", "district": "N00rd"}, headers=OWN_PAGE)
    assert (alone.status_code, reply.status_code) == (400, 400)
    assert "Wijk: dit is niet op de goede manier geschreven" in reply.text


@pytest.mark.parametrize("name", ["a" * 101, "a." * 440, "needs.0.a.b.c.d.e"])
async def test_field_whose_name_is_too_long_or_too_deep_is_not_even_kept(name: str) -> None:
    """Hundreds of them, each a tree of its own, would hold up everybody."""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": urlencode({name: "1", "district": "noord"}).encode()}

    kind = (b"content-type", b"application/x-www-form-urlencoded")
    app = SimpleNamespace(state=SimpleNamespace(web=SimpleNamespace(city=a_city(), clock=HeldClock(NOW))))
    form = await read_form(Request({"type": "http", "method": "POST", "headers": [kind], "app": app}, receive), Ask)
    assert form.values == {"district": "noord"}


async def test_line_end_counts_as_one_sign_as_in_the_browser() -> None:
    """A field of 2,000 signs takes 1,999 and a line end, which a browser sends as two."""
    fits, long = [{**TYPED, "story": "a" * 1000 + "\r\n" + "b" * more} for more in (999, 1000)]
    async with asking(gallery()) as client:
        taken = await client.post("/aanvragen", data=fits, headers=OWN_PAGE)
        refused = await client.post("/aanvragen", data=long, headers=OWN_PAGE)
    assert taken.status_code < 400
    assert (refused.status_code, "Verhaal" in refused.text) == (400, True)


async def test_page_comes_back_with_a_summary_on_top_and_everything_that_was_typed() -> None:
    async with asking(gallery()) as client:
        reply = await client.post(
            "/aanvragen",
            data={
                "child.firstName": "<b>Amina</b>",
                "child.birthDate": "31-02-2017",
                "contact": ["mail", "phone"],
                "district": "oost",
            },
            headers=OWN_PAGE,
        )
    page = reply.text
    assert reply.status_code == 400
    assert page.index('id="fouten"') < page.index('<form method="post" action="/aanvragen"')
    assert (
        '<a class="utrecht-link utrecht-link--html-a" href="#veld-child-birthDate">Geboortedatum: dit is geen datum'
        in page
    )
    assert 'id="veld-child-birthDate"' in page
    assert 'aria-describedby="veld-child-birthDate-uitleg veld-child-birthDate-fout" aria-invalid="true"' in page
    assert 'value="31-02-2017"' in page
    assert "&lt;b&gt;Amina&lt;/b&gt;" in page
    assert "<b>Amina" not in page
    assert 'value="mail" checked' in page
    assert 'value="phone" checked' in page
    assert '<option value="oost" selected>' in page


async def test_title_says_that_something_is_wrong_and_what_was_typed_is_spoken_of_only_when_there_is_something() -> (
    None
):
    async with asking(gallery()) as client:
        fresh = (await client.get("/aanvragen")).text
        empty = (await client.post("/aanvragen", data={"x": ""}, headers=OWN_PAGE)).text
        typed = (await client.post("/aanvragen", data={"story": "Een jas"}, headers=OWN_PAGE)).text
    assert ["<title>Nog niet goed: " in page for page in (fresh, empty, typed)] == [False, True, True]
    assert ["staat er nog" in page for page in (fresh, empty, typed)] == [False, False, True]


async def test_nothing_is_chosen_beforehand() -> None:
    async with asking(gallery()) as client:
        page = (await client.get("/aanvragen")).text
    assert " checked" not in page


def test_page_with_several_forms_shows_what_was_typed_in_one_of_them_and_fills_in_the_others() -> None:
    typed = check_form({"district": "oost"}, Ask)
    assert typed_or_empty(typed, Ask, district="noord") is typed
    for other in (None, check_form({}, Need)):
        filled = typed_or_empty(other, Ask, district="noord")
        assert (filled.model, filled.value_of("district"), filled.is_wrong) == (Ask, "noord", False)
