"""What goes wrong while handling: refusals, an absent database, our own mistakes."""

from typing import Any

import httpx
import pytest
import structlog

from tests.unit.shared.web.asking import OWN_PAGE, asking, get
from tests.unit.shared.web_gallery.gallery import gallery

SECRET = "Amina Voorbeeld"


async def test_refusal_is_a_409_with_its_code_for_a_machine() -> None:
    reply = await get(gallery(), "/v1/trouble/refused")
    assert reply.status_code == 409
    assert (reply.json()["code"], reply.json()["detail"]) == ("partner-not-active", "Deze partner doet niet meer mee.")


async def test_refusal_is_a_sentence_on_a_page_for_a_person() -> None:
    reply = await get(gallery(), "/stuk/refused")
    assert reply.status_code == 409
    assert "<h1" in reply.text
    assert "Deze partner doet niet meer mee." in reply.text


async def test_invalid_field_found_while_handling_names_field_and_example() -> None:
    reply = await get(gallery(), "/v1/trouble/field")
    assert reply.status_code == 400
    assert reply.json()["errors"] == [
        {
            "pointer": "/child/birthDate",
            "detail": "Het kind is ouder dan 17.",
            "example": "31-12-2017",
            "code": "invalid",
        }
    ]


@pytest.mark.parametrize("path", ["/v1/trouble/away", "/stuk/away"])
async def test_absent_database_is_a_503_that_says_when_to_come_back(path: str) -> None:
    reply = await get(gallery(), path)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "5")
    assert "secret" not in reply.text


TYPED = {"story": 'Een "fiets"\n<b>', "needs.0.category": "bike", "contact": ["mail", "phone"]}


async def sent(path: str, data: dict[str, Any]) -> httpx.Response:
    async with asking(gallery()) as client:
        return await client.post(path, data=data, headers=OWN_PAGE)


@pytest.mark.parametrize(("what", "status"), [("away", 503), ("refused", 409)])
async def test_form_that_could_not_be_taken_waits_on_the_page_with_all_that_was_typed(what: str, status: int) -> None:
    page = await sent(f"/stuk/{what}", TYPED)
    assert page.status_code == status
    assert f'action="/stuk/{what}"' in page.text
    assert 'name="story" value="Een &#34;fiets&#34;\n&lt;b&gt;"' in page.text
    assert [page.text.count(f'name="contact" value="{value}"') for value in TYPED["contact"]] == [1, 1]
    assert "Verstuur opnieuw" in page.text
    assert page.headers.get("Retry-After") == ("5" if status == 503 else None)


async def test_what_was_typed_can_be_copied_when_it_is_too_late_to_send() -> None:
    page = await sent("/stuk/refused", TYPED)
    shown = page.text.split("readonly>", maxsplit=1)[1].split("</textarea>", maxsplit=1)[0]
    assert shown == "\nEen &#34;fiets&#34;\n&lt;b&gt;"
    assert "Deze partner doet niet meer mee." in page.text


async def test_button_without_words_that_came_too_late_says_why_and_no_more() -> None:
    page = await sent("/stuk/refused", {"reason": "moved-away"})
    assert page.status_code == 409
    assert "Verstuur opnieuw" not in page.text


@pytest.mark.parametrize("path", ["/v1/trouble/mistake", "/stuk/mistake"])
async def test_mistake_of_ours_is_a_500_that_shows_and_logs_no_value(path: str) -> None:
    with structlog.testing.capture_logs() as lines:
        reply = await get(gallery(), path)
    assert reply.status_code == 500
    assert SECRET not in reply.text
    assert SECRET not in str(lines)
    failed = next(line for line in lines if line["event"] == "request_failed")
    assert failed["error"] == "ZeroDivisionError"
    assert any("gallery.py" in frame for frame in failed["places"])


async def test_log_and_metrics_hold_the_route_and_never_the_token() -> None:
    app = gallery()
    with structlog.testing.capture_logs() as lines:
        await get(app, "/antwoord/tKn-very-secret?x=also-secret")
        await get(app, "/bestaat-niet/tKn-very-secret")
    metrics = (await get(app, "/metrics")).text
    assert 'route="/antwoord/{token}",service="intake",status="200"' in metrics
    assert [line["route"] for line in lines] == ["/antwoord/{token}", "(none)"]
    assert "secret" not in metrics
    assert "secret" not in str(lines)
