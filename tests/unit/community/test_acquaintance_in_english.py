"""Following themes and meeting each other in English: forms, refusals, and what the page of a table says."""

from typing import Any, Final

import pytest

from services.community.domain.table_plan import Arrangement, Why
from services.community.handlers.table_plans import OwnTable
from services.community.web.words_of_acquaintance import why_in_words
from shared.events.base import Role
from shared.web.catalogues import texts_in
from shared.web.languages import Reading, read_as
from tests.parts.city import a_city
from tests.parts.reading import language_of, left_in_dutch
from tests.unit.community.open_pages import SAME_IN_ENGLISH, open_pages, vote_begins
from tests.unit.community.test_appointments import FORM
from tests.unit.community.test_pages_in_english import BASE, in_both, is_refused_in_english
from tests.unit.community.world import Community, an_id

FOLLOW: Final = f"{BASE}/volgen"
STRANGERS: Final = [str(an_id(f"stranger {number}")) for number in range(4)]


async def test_choice_of_language_goes_along_with_following_until_the_end_of_it() -> None:
    there = await open_pages()
    page = there.follows[0]
    async with there.community.visitor() as browser:
        asked = await browser.post(f"{FOLLOW}?leestaal=en", data={"email": "noor@school.example", "themes": ["money"]})
        assert asked.headers["location"] == f"{FOLLOW}/verstuurd?leestaal=en"
        confirmed = await browser.post(f"{page}?leestaal=en", data={"choice": "confirm"})
        assert confirmed.headers["location"] == f"{page}?leestaal=en"
        assert "Money and benefits" in (await browser.get(f"{page}?leestaal=en")).text
        stopped = (await browser.post(f"{page}?leestaal=en", data={"choice": "stop"})).text
    assert (language_of(stopped), "You follow nothing any more" in stopped) == ("en", True)


async def test_whoever_has_an_account_can_follow_in_english() -> None:
    community = Community()
    async with community.visitor(Role.PARTNER) as member:
        dutch, english = await in_both(member, f"{FOLLOW}/zelf", {"themes": ["home"]})
    assert "We have saved it" in english.text
    assert left_in_dutch(dutch.text, english.text, SAME_IN_ENGLISH) == []


async def test_choice_of_language_goes_along_with_an_appointment() -> None:
    there = await open_pages()
    await vote_begins(there)
    seat, (_, agreed, *_) = there.seats["Bas"], there.appointments
    async with there.community.visitor() as browser:
        moved = await browser.post(f"{seat}/afspraken/{agreed}/verzetten?leestaal=en", data=FORM)
        assert moved.headers["location"] == f"{seat}/afspraken?leestaal=en"
        off = await browser.post(f"{seat}/afspraken/{agreed}?leestaal=en", data={"choice": "cancel"})
        assert off.headers["location"] == f"{seat}/afspraken?leestaal=en"
        wished = await browser.post(f"{seat}/kennismaken?leestaal=en", data={"district": "noord"})
        assert wished.headers["location"] == f"{seat}?leestaal=en"


async def test_refusals_are_in_english() -> None:
    there = await open_pages()
    bas, carla, invited = (there.seats[one] for one in ("Bas", "Carla", "invited"))
    asked, agreed, declined, _ = (f"afspraken/{one}" for one in there.appointments)
    forms: list[tuple[str, dict[str, Any] | None]] = [
        (FOLLOW, {"email": "noor"}),
        (f"{FOLLOW}/{'a' * 43}", None),
        (there.follows[0], {"choice": "change", "themes": ["money"]}),
        (there.follows[1], {"choice": "confirm"}),
        (there.follows[2], {"choice": "confirm"}),
        (there.follows[2], {"choice": "more"}),
        (f"{bas}/kennismaken", {"toMeet": STRANGERS}),
        (f"{invited}/kennismaken", {"district": "noord"}),
        (f"{bas}/afspraken", FORM | {"who": STRANGERS[0]}),
        (f"{bas}/afspraken", {"day": "soon", "starts": "late"}),
        (f"{bas}/afspraken/{STRANGERS[0]}", {"choice": "agree"}),
        (f"{bas}/{asked}", {"choice": "agree"}),
        (f"{bas}/{asked}", {"choice": "perhaps"}),
        (f"{carla}/{declined}", {"choice": "cancel"}),
        (f"{carla}/{declined}/verzetten", FORM),
        (f"{carla}/{agreed}/verzetten", FORM | {"place": ""}),
    ]
    async with there.community.visitor() as browser:
        for path, form in forms:
            await is_refused_in_english(browser, path, form)
        await vote_begins(there)
        await is_refused_in_english(browser, f"{bas}/{agreed}/verzetten", FORM | {"day": "01-01-2020"})


@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize("why", Why)
def test_why_somebody_sits_there_is_said_in_english(why: Why, arrangement: Arrangement) -> None:
    code = "noord" if arrangement is Arrangement.DISTRICT else "food"
    own, city = OwnTable(1, why, arrangement, code), a_city()
    with read_as(Reading("en", texts_in("en", "services.community"))):
        english = why_in_words(own, city)
    assert english != why_in_words(own, city)
    assert "{" not in english
