"""What axe-core finds on a page, in words."""

from typing import Any

from playwright.sync_api import Page

from tests.parts.chromium import AXE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What WCAG 2.2 AA (and good practice) forbids; needs JavaScript."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})")
    return [f"{one['id']}: {[node['html'][:100] for node in one['nodes']]}" for one in found["violations"]]
