"""What somebody adds in words to the answer to a follow-up: from monitoring to the vault, and onto the page."""

from typing import Any
from uuid import UUID

import httpx

from services.intake.handlers.erasing import erase_case
from shared.access.service_tokens import ServiceTokens
from tests.parts.keys import ring
from tests.twins.clock import HeldClock
from tests.unit.intake.app import PUBLIC_URL
from tests.unit.intake.builders import COLLEAGUE, COORDINATOR, NOW, ROOS, said
from tests.unit.intake.pages import Pages

FOLLOW_UP = UUID("00000000-0000-7000-8000-0000000000d5")


async def told(
    pages: Pages,
    words: str,
    service: str | None = "monitoring",
    to: str = "intake",
    **changes: Any,  # noqa: ANN401
) -> httpx.Response:
    """The reply to a service that hands words over."""
    tokens = ServiceTokens(ring(service or "notify"), service or "", HeldClock(NOW))
    headers = {"Authorization": f"Bearer {tokens.issue(to)}"} if service else {}
    body = {"caseId": str(pages.case_id), "followUpId": str(FOLLOW_UP), "writtenBy": str(ROOS.person_id)}
    transport = httpx.ASGITransport(app=pages.app)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL, headers=headers) as client:
        return await client.post("/internal/follow-up-words", json={**body, "words": words, **changes})


async def test_words_are_shown_to_the_own_ambassador_and_the_desk_alone(pages: Pages) -> None:
    assert (await told(pages, "Het slapen gaat beter.")).status_code == 204
    for viewer, sees in ((ROOS, True), (COORDINATOR, True), (COLLEAGUE, False)):
        assert ("Het slapen gaat beter." in (await pages.shows(viewer, pages.path)).text) is sees
    assert len(said(pages.units)) == 1


async def test_words_that_are_sent_again_replace_the_earlier_ones(pages: Pages) -> None:
    for words in ("Het gaat.", "Het gaat goed."):
        await told(pages, words)
    page = (await pages.shows(ROOS, pages.path)).text
    assert "<q>Het gaat goed.</q>" in page
    assert "<q>Het gaat.</q>" not in page


async def test_words_come_from_monitoring_alone(pages: Pages) -> None:
    for service, to in (("notify", "monitoring"), ("notify", "matching"), ("monitoring", "matching")):
        assert (await told(pages, "Hoi", service=service, to=to)).status_code == 401
    assert (await told(pages, "Hoi", service=None)).status_code == 401


async def test_words_of_a_case_that_is_gone_are_kept_nowhere(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await erase_case(pages.case_id, unit)
    assert (await told(pages, "Hoi")).status_code == 404
    assert (await told(pages, "Hoi", caseId=str(FOLLOW_UP))).status_code == 404
