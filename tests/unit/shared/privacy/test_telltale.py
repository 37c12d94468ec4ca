"""What would tell who somebody is, in a text that should be invented."""

import pytest

from shared.privacy.certain import Tells
from shared.privacy.telltale import find_telltale, unknown_words

STORY = (
    'Noa is vaak moe. Haar moeder werkt \'s nachts, en er is geen geld voor zwemles. Thuis zegt ze: "Het gaat wel."\n'
    "De school ziet dat Noa zonder ontbijt komt. Wat nu?"
)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Er zijn 3 kinderen en € 50 per week.",
        "'s Avonds is Noa alleen. Zij wacht - en wacht.",
        "Noa's fiets is stuk.",
    ],
)
def test_invented_story_passes_with_its_own_name(text: str) -> None:
    assert find_telltale(text, ["Noa"]) is None


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Haar vriendin Fatima helpt.", Tells.NAME),
        ("Fatima slaapt slecht.", Tells.NAME),
        ("Dit gaat over Karel.", Tells.NAME),
        ("Zij heet Zonnetje Verzonnen.", Tells.NAME),
        ("Zij gaat naar De Bedachte School.", Tells.NAME),
        ("Zij is van HWVF-UYAH.", Tells.CODE),
        ("Zie hwvf-uyah.", Tells.CODE),
        ("Zie K7Q-F3X-HA4.", Tells.CODE),
        ("Zie 0190c5f1-aaaa-7000-8000-0000000000a1.", Tells.CODE),
        ("Bel 06 12345678.", Tells.NUMBER),
        ("Dit is 123456782.", Tells.NUMBER),
        ("Zij is jarig op 3 maart.", Tells.DAY),
        ("Zij is van 12-11-2018.", Tells.DAY),
        ("Zij woont in de kerkstraat 12.", Tells.ADDRESS),
        ("Zij woont op 3011 AB.", Tells.ADDRESS),
        ("Havenstraat is druk.", Tells.NAME),
        ("Mail naar noor@school.example.", Tells.ADDRESS),
        ("Kijk op www.school.example.", Tells.ADDRESS),
    ],
)
def test_what_tells_who_it_is_is_found(text: str, tells: Tells) -> None:
    found = find_telltale(text, ["Noa"])
    assert found is not None
    assert found.tells is tells
    assert found.words in text


def test_words_that_are_not_dutch_are_shown_once() -> None:
    assert unknown_words("Noa speelt met fatima. Met fatima en amira.", ["Noa"]) == ["fatima", "amira"]
