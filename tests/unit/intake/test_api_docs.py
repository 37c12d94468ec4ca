"""The page of the API: for a school's developer, in the city's own words, without a script and from nobody else."""

import re

import pytest

from services.intake.web.pages import api_docs
from shared.web.security import CONTENT_SECURITY
from tests.unit.intake.app import PUBLIC_URL, app_on, person_of
from tests.unit.intake.builders import units_in_memory

WRITTEN = '<h3>Vraag hulp</h3><pre>{"district": "city:districts", "at": "https://schakel.example/v1"}</pre>'


async def page(monkeypatch: pytest.MonkeyPatch, written: str = WRITTEN) -> str:
    monkeypatch.setattr(api_docs, "_written", lambda: written)
    async with person_of(app_on(units_in_memory()), None) as client:
        reply = await client.get("/v1/docs")
    assert (reply.status_code, reply.headers["Content-Security-Policy"]) == (200, CONTENT_SECURITY)
    return reply.text


async def test_page_is_open_and_loads_nothing_from_anybody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    text = await page(monkeypatch)
    assert "<script" not in text
    assert " style=" not in text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert {each for each in loaded if "://" in each and not each.startswith(PUBLIC_URL)} == set()


async def test_examples_are_those_of_the_city(monkeypatch: pytest.MonkeyPatch) -> None:
    text = await page(monkeypatch)
    assert "city:" not in text
    assert '"district": "noord"' in text
    assert "<code>noord</code>" in text


async def test_page_is_there_without_its_operations_where_the_assets_were_not_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "Zo begin je" in await page(monkeypatch, "")
