"""Files that the desk sends by page and that cannot be read: each says why; on the twin and on PostgreSQL."""

import io
import zipfile
from collections.abc import AsyncIterator

import pytest

from services.matching.web.map_upload import MOST_BYTES
from services.matching.web.pages.map_imports import PATH
from tests.integration.matching.import_site import pressed, previewed, sent
from tests.unit.matching.site import FORM, Site, text_of


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"", "kaart.csv", "dit bestand is leeg"),
        (b" \n ", "kaart.json", "dit bestand is leeg"),
        (b"%PDF-1.7", "kaart.pdf", "dit soort bestand kunnen wij niet lezen"),
        (b"iets", "", "Bestand: kies een bestand"),
    ],
)
async def test_file_that_cannot_be_one_is_refused_at_its_field(
    import_site: Site, content: bytes, name: str, problem: str
) -> None:
    answer = await sent(import_site, content, name)

    assert answer.status_code == 400
    assert problem in text_of(answer)


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"\x00\x01\x02 rommel \xff", "kaart.csv", "deze kolom ontbreekt"),
        (b"PK\x03\x04 geen zip", "kaart.zip", "dit bestand kunnen wij niet openen"),
        (b"PK\x03\x04 geen excel", "kaart.xlsx", "dit bestand kunnen wij niet openen"),
        (b"{niets", "kaart.json", "dit is geen goede JSON"),
        (b"kaas;brood\n1;2\n", "kaart.csv", "deze kolom ontbreekt"),
    ],
)
async def test_file_that_cannot_be_read_says_why(import_site: Site, content: bytes, name: str, problem: str) -> None:
    page = await previewed(import_site, content, name)

    shown = text_of(await import_site.get(page))
    assert problem in shown
    assert "Er is niets om over te nemen" in shown
    refused = await pressed(import_site, f"{page}/overnemen")
    assert refused.status_code == 409


async def test_zip_that_unpacks_without_end_is_refused_by_name(import_site: Site) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"0" * 201_000_000)

    page = await previewed(import_site, packed.getvalue(), "kaart.zip")

    assert "uitgepakt is dit te groot" in text_of(await import_site.get(page))


@pytest.mark.parametrize("says_length", [True, False])
async def test_file_over_the_limit_gets_a_page_that_says_so(import_site: Site, *, says_length: bool) -> None:
    body = b"x" * (MOST_BYTES + 100_000)
    kind = {**FORM, "Content-Type": "multipart/form-data; boundary=grens"}

    async def pieces() -> AsyncIterator[bytes]:
        yield b'--grens\r\nContent-Disposition: form-data; name="file"; filename="k.csv"\r\n\r\n'
        yield body

    answer = await import_site.client.post(PATH, content=body if says_length else pieces(), headers=kind)

    assert answer.status_code == 413
    assert "hooguit 20 MB" in text_of(answer)


async def test_only_this_page_takes_a_file(import_site: Site) -> None:
    kind = {**FORM, "Content-Type": "multipart/form-data; boundary=grens"}
    assert (
        await import_site.client.post("/netwerk/zoekwoorden", content=b"--grens--", headers=kind)
    ).status_code == 415
    assert (await import_site.client.post(PATH, data={"file": "x"}, headers=FORM)).status_code == 415
