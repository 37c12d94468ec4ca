"""`/berichten/instellingen`: everybody who is signed in chooses how mail comes."""

from datetime import time

import pytest

from services.notify.domain.moments import Preferences
from shared.events.base import Role
from tests.unit.notify.app import PERSON, visitor
from tests.unit.notify.twin import Notify

PATH = "/berichten/instellingen"
CHOICE = {"pace": "daily", "digestHour": "16", "quietFrom": "18", "quietUntil": "8", "openings": "codes"}


def kept(notify: Notify) -> Preferences | None:
    found: Preferences | None = notify.units.tables.table("preferences").get(PERSON)
    return found


@pytest.mark.parametrize("role", list(Role))
async def test_choice_is_kept_for_the_person_who_is_signed_in_and_shown_again(notify: Notify, role: Role) -> None:
    async with visitor(notify, role) as http:
        reply = await http.post(PATH, data=CHOICE)
        assert (reply.status_code, reply.headers["Location"]) == (303, f"{PATH}?bewaard=ja")
        page = (await http.get(reply.headers["Location"])).text
    assert kept(notify) == Preferences(PERSON, time(16), time(18), time(8), codes_only=True)
    assert "Zo krijg je vanaf nu je mail." in page
    assert page.count(" checked") == 2
    assert page.count(" selected") == 3


async def test_page_says_what_never_waits_and_looking_changes_nothing(notify: Notify) -> None:
    async with visitor(notify, Role.PARTNER) as http:
        page = (await http.get(f"{PATH}?pace=daily&openings=codes")).text
    assert "Dit komt altijd meteen" in page
    assert kept(notify) is None


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"quietUntil": ""}, "Kies bij stille uren een begin en een eind."),
        ({"pace": ""}, "Wanneer wil je mail?"),
        ({"digestHour": "31"}, "Hoe laat?"),
    ],
)
async def test_wrong_choice_is_named_and_the_rest_stays(notify: Notify, wrong: dict[str, str], problem: str) -> None:
    async with visitor(notify, Role.AMBASSADOR) as http:
        reply = await http.post(PATH, data=CHOICE | wrong)
    assert reply.status_code == 400
    assert problem in reply.text
    assert 'value="codes" checked' in reply.text
    assert kept(notify) is None


async def test_who_is_not_signed_in_is_asked_to(notify: Notify) -> None:
    async with visitor(notify, None) as http:
        reply = await http.get(PATH)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"/inloggen?naar={PATH}")
