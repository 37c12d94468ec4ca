"""Who searches the map in another language reads in that language that the page can be read in it."""

import re
from urllib.parse import quote

import pytest

from tests.unit.matching.site import a_site
from tests.unit.matching.test_languages_of_pages import read


@pytest.mark.parametrize(
    ("typed", "reads", "offered"),
    [
        ("jedzenie", "", ["pl"]),
        ("żywność dla dziecka", "", ["pl"]),
        ("طعام", "", ["ar"]),
        ("їжа", "uk", []),
        ("jedzenie", "en", ["pl"]),
        ("eten", "", []),
        ("eten", "en", []),
        ("zzzz", "", []),
    ],
)
async def test_who_searches_in_another_language_is_offered_the_page_in_it(
    typed: str, reads: str, offered: list[str]
) -> None:
    path = f"/kaart?q={quote(typed)}" + (f"&leestaal={reads}" if reads else "")

    page = (await read(await a_site(), path)).text

    invited = re.findall(r'<p class="utrecht-paragraph" lang="(..)" dir="[a-z]+"><a [^>]*href="([^"]*)"', page)
    assert [language for language, _ in invited] == offered
    assert all(f"q={quote(typed)}".replace("%20", "+") in address for _, address in invited)
    assert ("Czytaj tę stronę po polsku" in page) == ("pl" in offered)
