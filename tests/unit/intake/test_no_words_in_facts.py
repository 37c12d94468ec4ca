"""Whatever a family says in its own words, wherever that is written down: no fact and no line of the log holds it."""

import asyncio
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.intake.builders import ROOS
from tests.unit.intake.pages import Pages, pages_in
from tests.unit.intake.test_correcting import KNOWN
from tests.unit.intake.test_family_door import card_of, family_of

MARK: Final = "Zandkraaivogel"
# In any letters; a citizen service number is refused before it is kept.
WORDS: Final = st.text(st.characters(categories=("L", "P", "Zs")), max_size=60).map(lambda said: f"{MARK} {said}")
PLACES: Final = ("helperWishes", "ownNetwork", "contactWishes", "preferredName", "story", "asked", "told")
SAID: Final = st.fixed_dictionaries(dict.fromkeys(PLACES, WORDS))


@given(said=SAID)
@settings(max_examples=15, deadline=None)
def test_no_free_text_of_a_family_is_in_any_fact(said: dict[str, str]) -> None:
    tables = asyncio.run(_after(said)).units.tables
    assert len(tables.table("outbox")) > 1
    for name in ("outbox", "audit_lines", "timeline"):
        assert MARK not in str(list(tables.table(name).values())), name


async def _after(said: dict[str, str]) -> Pages:
    pages = await pages_in()
    wishes = {name: said[name] for name in ("helperWishes", "ownNetwork", "contactWishes", "preferredName")}
    reply = await pages.sends(ROOS, f"{pages.path}/contact", {"contactName": "Maan Verzonnen", **wishes})
    assert reply.status_code == 303, reply.text
    corrected = KNOWN | {"story": said["story"], "familyLanguage": "ar"}
    assert (await pages.sends(ROOS, f"{pages.path}/verbeteren", corrected)).status_code == 303
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/klopt-niet", data={"words": said["asked"]})
        await family.post("/gezin/verhaal", data={"words": said["told"], "agreed": "true"})
    assert MARK in (await pages.shows(ROOS, f"{pages.path}/gezin-vraagt")).text
    return pages
