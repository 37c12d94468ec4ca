"""A family's second child in a real browser, without a script: three things are asked, and the plan shows both."""

import pytest
from playwright.sync_api import Browser, expect

from shared.events.base import Role
from tests.browser.stage import Stage, add_sibling, ask_for_help
from tests.browser.tour import address_of
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(120)]


def test_second_child_is_three_things_and_the_plan_shows_both(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    stage.sign_in(page, address_of(Role.AMBASSADOR))
    ask_for_help(page, stage, first_name="Yara")
    press(page, "text=Verstuur de aanvraag")
    first = page.url.partition("?")[0]

    press(page, "text=Nog een kind in dit gezin")
    expect(page.locator("main input:not([type=hidden]), main select")).to_have_count(
        5
    )  # born or expected; the need: what, and how soon
    add_sibling(page)
    expect(page.locator("main")).to_contain_text("De aanvraag voor dit kind is binnen.")
    second = page.url.partition("?")[0]
    assert second != first
    expect(page.locator("main")).to_contain_text("Rima Verzonnen")

    press(page, "text=Het plan van dit gezin")
    expect(page.locator("h2")).to_contain_text(["Yara", "Daan"])
    page.goto(f"{second}/contact")
    page.fill("[name=phone]", "06 87654321")
    press(page, "text=Bewaar")
    page.goto(first)
    expect(page.locator("main")).to_contain_text("+31 6 87654321")
    context.close()
