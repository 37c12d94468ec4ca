"""A page that sends somebody to the desk says how: by phone, else by mail, and else at least to whom."""

from typing import Any

import pytest

from tests.parts.city import a_city
from tests.unit.matching.city import World
from tests.unit.matching.site import Site, text_of


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Bel Schakelpunt Schiewijk: 010 000 00 00"),
        ({"phone": None}, "Mail Schakelpunt Schiewijk: regie@schiewijk.example"),
        ({"phone": None, "email": None}, "Neem contact op met Schakelpunt Schiewijk"),
    ],
)
async def test_page_of_a_broken_link_says_how_the_desk_is_reached(changes: dict[str, Any], said: str) -> None:
    site = Site(World(city=a_city({"desk": changes}) if changes else a_city()))

    page = text_of(await site.get("/antwoord/dit-is-een-link-waar-een-stuk-van-af-is"))

    assert f"Lukt het niet? {said}" in page
