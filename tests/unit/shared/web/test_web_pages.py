"""Pages: readable, safe, with the right menu for the right person."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.events.base import Role
from shared.web.assets import assets
from shared.web.pages import language_name
from tests.parts.city import VELDERMEER, a_city
from tests.unit.shared.web.asking import OWN_PAGE, asking, get, signed_in_as
from tests.unit.shared.web_gallery.gallery import ORIGIN, GallerySettings, gallery

# It is tomorrow already in Schiewijk, and not on Curaçao.
LATE = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


async def test_page_shows_who_to_call_in_danger_and_a_way_past_the_menu() -> None:
    page = (await get(gallery(), "/aanvragen")).text
    assert 'href="tel:112"' in page
    assert "0800-2000" in page
    assert '<html lang="nl" dir="ltr"' in page
    assert page.index('href="#inhoud"') < page.index("<header")


@pytest.mark.parametrize(
    ("code", "name"), [("ja", "Japans"), ("ja-JP", "Japans"), ("Dari of Farsi", "Dari of Farsi"), ("qqq", "qqq")]
)
def test_language_is_called_by_its_dutch_name(code: str, name: str) -> None:
    assert language_name(code) == name


@pytest.mark.parametrize(("zone", "seen"), [("Europe/Amsterdam", "3 maart 2026"), ("America/Curacao", "2 maart 2026")])
async def test_days_and_moments_are_by_the_clock_of_the_city_in_components_too(zone: str, seen: str) -> None:
    city = a_city({"time_zone": zone})
    page = (await get(gallery(settings=GallerySettings(city=city), now=LATE), "/aanvragen")).text
    hour = LATE.astimezone(city.zone).strftime("%H:%M")
    assert f"sinds {seen}" in page
    assert f"<dd>{seen} om {hour}</dd>" in re.sub(r"<dd[^>]*>", "<dd>", page)
    assert f'<time datetime="{LATE.isoformat()}">{seen} om {hour}</time>' in page


async def test_who_may_not_see_a_page_or_meets_a_fault_of_ours_is_sent_to_the_desk_of_the_city() -> None:
    app = gallery(settings=GallerySettings(city=a_city(file=VELDERMEER)))
    refused = await get(app, "/bord", **signed_in_as(Role.AMBASSADOR))
    assert "Bel of mail het Brugpunt als je er wel bij moet." in refused.text
    assert "Bel het Brugpunt." in (await get(app, "/stuk/mistake")).text


async def test_page_needs_no_script_and_allows_none() -> None:
    reply = await get(gallery(), "/aanvragen")
    assert "<script" not in reply.text
    assert " style=" not in reply.text
    assert "script-src" not in reply.headers["Content-Security-Policy"]
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_replies_keep_addresses_and_contents_to_themselves() -> None:
    reply = await get(gallery(), "/antwoord/abc")
    assert reply.headers["Referrer-Policy"] == "same-origin"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Strict-Transport-Security"]


async def test_strict_transport_is_not_asked_for_on_plain_http() -> None:
    app = gallery(settings=GallerySettings(public_url="http://127.0.0.1:8000"))
    assert "Strict-Transport-Security" not in (await get(app, "/aanvragen")).headers


async def test_styles_are_our_own_and_may_be_kept_for_ever() -> None:
    app = gallery()
    page = (await get(app, "/aanvragen")).text
    sheets = [part.split('"')[0] for part in page.split('<link rel="stylesheet" href="')[1:]]
    assert any("schakel." in sheet for sheet in sheets)
    for sheet in sheets:
        assert sheet.startswith("/static/")
        reply = await get(app, sheet)
        assert reply.status_code == 200
        assert reply.headers["Content-Type"].startswith("text/css")
        assert "immutable" in reply.headers["Cache-Control"]
    assert (await get(app, "/static/schakel.css")).status_code == 404
    assert (await get(app, "/static/../app.py")).status_code == 404


async def test_head_answers_like_get_without_a_body() -> None:
    async with asking(gallery()) as client:
        head, whole = await client.head("/antwoord/abc"), await client.get("/antwoord/abc")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


async def test_slash_at_the_end_leads_to_the_page_and_never_to_another_site() -> None:
    reply = await get(gallery(), "/aanvragen/")
    assert (reply.status_code, reply.headers["Location"]) == (308, "/aanvragen")
    elsewhere = await get(gallery(), f"{ORIGIN}//evil.example/")
    assert elsewhere.headers.get("Location", "/").startswith("/evil")


async def test_page_for_coordinators_sends_a_stranger_to_the_sign_in_form() -> None:
    reply = await get(gallery(), "/bord")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/inloggen?naar=/bord")


@pytest.mark.parametrize(("letters", "status"), [(16_000, 400), (50_000, 413)])
async def test_long_form_in_another_script_is_read_up_to_256_kib(letters: int, status: int) -> None:
    async with asking(gallery()) as client:
        page = await client.post("/aanvragen", data={"story": "\u0633" * letters}, headers=OWN_PAGE)
    assert page.status_code == status


async def test_form_that_is_sent_after_signing_out_waits_on_a_page_and_is_not_handled() -> None:
    async with asking(gallery()) as client:
        page = await client.post("/aanvragen/geparkeerd/x", data={"story": 'Een "fiets"\n<b>'}, headers=OWN_PAGE)
    assert page.status_code == 401
    assert 'action="/aanvragen/geparkeerd/x"' in page.text
    assert 'name="story" value="Een &#34;fiets&#34;\n&lt;b&gt;"' in page.text


async def test_page_for_coordinators_refuses_a_partner_and_lets_a_coordinator_in() -> None:
    refused = await get(gallery(), "/bord", **signed_in_as(Role.PARTNER))
    assert refused.status_code == 403
    assert "niet voor jouw rol" in refused.text
    assert (await get(gallery(), "/bord", **signed_in_as(Role.COORDINATOR))).status_code == 200


async def test_menu_shows_each_role_its_own_pages_and_where_it_is() -> None:
    stranger = (await get(gallery(), "/aanvragen")).text
    assert "Inloggen" in stranger
    assert "Bord</a>" not in stranger
    desk = (await get(gallery(), "/bord", **signed_in_as(Role.COORDINATOR))).text
    assert '<a class="schakel-menu__link" href="/bord" aria-current="page">Bord</a>' in desk
    assert "Uitloggen" in desk
    assert "Inloggen" not in desk


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[x"},
        {"Origin": "https://", "Host": ""},
        {"Origin": f"{ORIGIN}.evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_form_from_another_site_is_refused(headers: dict[str, str]) -> None:
    async with asking(gallery()) as client:
        reply = await client.post("/aanvragen", data={"district": "noord"}, headers=headers)
    assert reply.status_code == 403
    assert "andere site" in reply.text


@pytest.mark.parametrize("headers", [OWN_PAGE, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}])
async def test_form_from_our_own_page_is_read(headers: dict[str, str]) -> None:
    async with asking(gallery()) as client:
        reply = await client.post("/aanvragen", data={"district": "noord"}, headers=headers)
    assert reply.status_code == 400
    assert "Er kloppen nog" in reply.text


async def test_form_behind_another_name_of_this_site_is_read() -> None:
    headers = {"Origin": "http://localhost:8000", "Host": "localhost:8000"}
    async with asking(gallery()) as client:
        assert (await client.post("/aanvragen", data={"district": "noord"}, headers=headers)).status_code == 400


@pytest.mark.parametrize("charset", ["utf-7", "idna", "punycode", "undefined", "unicode_escape", "utf-8"])
async def test_form_in_parts_is_refused_for_its_letters_could_be_written_in_any_way(charset: str) -> None:
    headers = {**OWN_PAGE, "Content-Type": f"multipart/form-data; boundary=B; charset={charset}"}
    part = '--B\r\nContent-Disposition: form-data; name="child.firstName"\r\n\r\nAmina+AAA-\r\n--B--\r\n'
    async with asking(gallery()) as client:
        assert (await client.post("/aanvragen", content=part, headers=headers)).status_code == 415


@pytest.mark.parametrize("charset", ["utf-7", "idna", "undefined", "utf-16"])
async def test_form_is_read_as_utf_8_whatever_it_calls_itself(charset: str) -> None:
    headers = {**OWN_PAGE, "Content-Type": f"application/x-www-form-urlencoded; charset={charset}"}
    async with asking(gallery()) as client:
        page = await client.post("/aanvragen", content="child.firstName=Zo%C3%AB%2BAAA-", headers=headers)
        with_nul = await client.post("/aanvragen", content="child.firstName=%00", headers=headers)
    assert (page.status_code, with_nul.status_code) == (400, 400)
    assert 'value="Zo\u00eb+AAA-"' in page.text
    assert "NUL-teken" in with_nul.text


async def test_form_of_another_kind_or_with_a_nul_is_refused() -> None:
    async with asking(gallery()) as client:
        as_json = await client.post("/aanvragen", json={"district": "noord"}, headers=OWN_PAGE)
        with_nul = await client.post("/aanvragen", data={"district": "no\0rd"}, headers=OWN_PAGE)
    assert (as_json.status_code, with_nul.status_code) == (415, 400)


async def test_city_theme_replaces_ours(tmp_path: Path) -> None:
    theme = tmp_path / "city.css"
    theme.write_text(".schakel-theme { --schakel-brand: #123456; }")
    assert assets(theme)["theme.css"].content == theme.read_bytes()
    assert assets(theme)["theme.css"].path != assets()["theme.css"].path
