"""Every form that changes something says to whom it goes, by one declaration."""

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

import services.intake.web
from services.intake.web.ask_page import SEND
from services.intake.web.pages import (
    birth,
    case,
    cases,
    consent,
    correcting,
    course,
    ending,
    erasing,
    family_asks,
    family_link,
    handing_over,
    handing_over_all,
    household,
    inventory,
    need_category,
    partner_consent,
    safety,
    same_child,
)
from services.intake.web.reaches import REACHES
from shared.events.vocabulary import Audience, mail
from shared.web.reach import Reach
from tests.parts.city import a_city

# By these a family comes in at its page and goes out again: they send nothing.
COMING_IN = {"family.html", "family_arrive.html", "family_front.html"}
FOLDER = Path(services.intake.web.__file__).parent / "templates"
TEMPLATES = sorted(file for file in FOLDER.glob("*.html") if file.name not in COMING_IN)
# A form that is more than one button, or a button alone.
FORM = re.compile(r'<form method="post"|call ui\.post_form\(')


def test_every_form_of_a_case_is_declared_and_every_declaration_is_a_form() -> None:
    pages = (
        birth,
        case,
        cases,
        consent,
        correcting,
        course,
        ending,
        erasing,
        family_asks,
        family_link,
        handing_over,
        handing_over_all,
        household,
        inventory,
        need_category,
        partner_consent,
        safety,
        same_child,
    )
    routes = [route for page in pages for route in page.router.routes]
    posts = {
        f"POST {route.path}" for route in routes if isinstance(route, APIRoute) and "POST" in (route.methods or ())
    }
    assert posts == {reach.form for reach in REACHES.values()}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_form_on_a_page_says_to_whom_it_goes(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert len(FORM.findall(text)) <= text.count("ui.goes_to(")


@pytest.mark.parametrize("name", REACHES)
def test_declaration_names_somebody_in_words(name: str) -> None:
    assert REACHES[name].who(a_city()) != "niemand"


def test_nobody_is_named_twice() -> None:
    words = REACHES["withdraw"].who(a_city(), Audience.AMBASSADOR)
    assert words == "jou, de partner en het Schakelpunt"


@pytest.mark.parametrize("reach", [*REACHES.values(), SEND], ids=lambda reach: reach.form)
def test_declaration_promises_mails_that_exist(reach: Reach) -> None:
    assert [code for code in (*reach.mails, *reach.perhaps) if mail(code) is None] == []
