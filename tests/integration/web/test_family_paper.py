"""What a family prints of who helps with what: one A4 with large letters, however much it asked for."""

import re
import socket
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.referrals import follow_referral
from shared.events import matching
from shared.events.base import Beneficiary
from shared.events.http import KnownPerson
from tests.browser.stage import done
from tests.parts.chromium import chromium_for_tests, press, served
from tests.unit.intake.builders import CONTACT, NOW, PARTNER, ROOS, SERVICE, inventory, need
from tests.unit.intake.pages import Pages, pages_in
from tests.unit.intake.test_family_door import card_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
NEEDS = (
    "bike", "clothing", "food", "swimming-lessons", "sport", "laptop", "culture", "furniture", "school-supplies",
    "debt-advice", "homework", "parenting",
)  # fmt: skip
# As for people who read badly: 14 points at least.
LARGE = 14 * 96 / 72
A_PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for this module."""
    with chromium_for_tests() as found:
        yield found


async def helped_with_all() -> tuple[Pages, str]:
    """A family that asked for twelve things, each with somebody who helps; and the code on its card."""
    pages = await pages_in()
    offered = [*dict.fromkeys((*NEEDS, *pages.app.state.dependencies.city.categories.offered))]
    codes = [code for code in offered if code in pages.app.state.dependencies.city.categories.offered][:12]
    async with pages.units.begin() as unit:
        await unit.network.save_organisation(PARTNER, "Stichting Verzonnen Fietsen")
        case = await complete_inventory(inventory(pages.case_id, [need(code) for code in codes]), unit, ROOS)
    for number, each in enumerate(case.needs, start=1):
        accepted = matching.PartnerAccepted(
            subject=case.id, occurred_at=NOW, referral_id=UUID(int=(7 << 76) + (2 << 62) + number),
            need_id=each.need_id, organisation_id=PARTNER, service_id=SERVICE, case_code=case.code,
            contact_id=CONTACT.person_id, ambassador_id=ROOS.person_id, category=each.category,
            beneficiary=Beneficiary.CHILD, answered_by=CONTACT.person_id, first_contact_on=date(2026, 3, 12),
        )  # fmt: skip
        async with pages.units.begin() as unit:
            await follow_referral(accepted, unit)
    named = KnownPerson(person_id=CONTACT.person_id, name="Mees Verzonnen", phone="+31 10 000 00 00", organisations=())
    pages.people.people[CONTACT.person_id] = named
    return pages, await card_of(pages)


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    """The page that the family prints."""
    pages, code = done(helped_with_all())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with served(pages.app, port) as url:
        context = browser.new_context(base_url=url)
        page = context.new_page()
        page.goto("/gezin")
        page.fill("[name=code]", code)
        press(page, "main form button >> nth=0")
        yield page
        context.close()


@pytest.mark.parametrize("language", ["nl", "ar", "uk"])
def test_twelve_needs_are_one_a4_with_large_letters(paper: Page, language: str) -> None:
    paper.goto(f"/gezin/papier?leestaal={language}")
    assert paper.locator(".schakel-family__paper").inner_text().count("Stichting Verzonnen Fietsen") == 12
    paper.emulate_media(media="print")
    sizes = paper.eval_on_selector_all(
        ".schakel-family__paper p", "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= LARGE
    assert len(A_PAGE.findall(paper.pdf(format="A4"))) == 1
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert paper.evaluate(width)
