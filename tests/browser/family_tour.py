"""A walk past the family's own pages, and what its ambassador sees of them."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.stage import Stage
from tests.parts.chromium import press

FAMILY_PAGES = (
    "pagina", "wat-wij-weten", "wie-zag-wat", "toestemming", "klopt-niet", "rust", "hoe-vaak", "liever-niet",
    "hoe-was-het", "verhaal", "papier", "meenemen",
)  # fmt: skip

# The others are seen on a phone, in Arabic (`test_family_on_a_phone.py`).
SEEN_IN_DUTCH = ("pagina", "wat-wij-weten", "toestemming", "meenemen")


def as_the_family(stage: Stage, case: str, giving: Page, page: Page) -> Iterator[tuple[str, Page]]:
    """In by the card that `giving` makes, in a browser that knows nothing of the family."""
    giving.goto(f"{case}/link-gezin")
    yield "family-link", giving
    press(giving, "text=Maak het kaartje")
    yield "family-card", giving
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b", giving.inner_text("article"))
    page.goto(stage.at("/gezin"))
    yield "family-front", page
    page.fill("[name=code]", found[0] if found else "")
    press(page, "main form button >> nth=0")
    for name in SEEN_IN_DUTCH:
        page.goto(stage.at(f"/gezin/{name}"))
        yield f"family-{name}", page
    page.goto(stage.at("/gezin/klopt-niet"))
    page.fill("textarea", "Ons nummer is veranderd.")
    press(page, "main form button:has-text('Verstuur')")
    yield "family-asked", page
    giving.goto(f"{case}/gezin-vraagt")
    yield "family-asks", giving
