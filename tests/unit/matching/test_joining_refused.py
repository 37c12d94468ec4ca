"""What nobody gets in with: bad input is named at its field, and who tries again and again is stopped."""

import pytest

from services.matching.web.pages.join import REQUESTS_PER_ADDRESS
from shared.events.base import Event
from tests.unit.matching.entries import JOINING, a_network, posted

WRONG = {
    "name": ("www.evil.example", "Klik op https://evil.example", ""),
    "contact_name": ("Sara: bel 06", "Sara\nBel mij", "Sara \u202e", "x@y.example", ""),
    "email": ("sara", ""),
    "phone": ("06 1234567", "nul"),
    "offer": ("", "https://evil.example"),
    "does": ("Het nummer is 111222333.", "a\u202eb"),
    "website": ("javascript:alert(1)",),
    "maximum_age": ("2", "oud"),
    "kind": ("no-such-kind",),
    "joins_as": ("boss", ""),
}


@pytest.mark.parametrize(("field", "typed"), [(field, one) for field, typed in WRONG.items() for one in typed])
async def test_bad_input_is_named_at_its_field_and_kept(field: str, typed: str) -> None:
    site = a_network()

    answered = await posted(site, "/aansluiten", {**JOINING, field: typed})

    assert answered.status_code == 400
    assert f'href="#veld-{field.replace("_", "-")}"' in answered.text
    assert "Wij betalen zwemles." in answered.text or field == "does"
    assert site.world.published(Event) == []


async def test_somebody_who_fills_in_an_address_again_and_again_is_stopped() -> None:
    site = a_network()
    most = int(REQUESTS_PER_ADDRESS.partition("/")[0])

    codes = [(await posted(site, "/aansluiten", JOINING)).status_code for _ in range(most + 1)]

    assert codes == [303] * most + [429]
