"""While somebody is away, their deputy reads their mail; never their codes to sign in."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.matching.handlers.sign_in import request_sign_in
from shared.events.base import Role
from tests.unit.matching.city import contact, named, service
from tests.unit.matching.people_at_work import a_desk, colleague, known, now, press
from tests.unit.matching.site import ADDRESS, Site, mailed, text_of

CONTACT, JUF, KIM = named("contact of fietsbende"), named("juf"), named("kim")


async def away(site: Site, person_id: UUID = CONTACT, deputy: UUID = KIM, until: str = "09-03-2026") -> None:
    answered = await press(site, person_id, "absence", deputy=str(deputy), away_until=until)
    assert answered.status_code == 303, text_of(answered)


async def test_mail_goes_to_the_deputy_and_says_for_whom() -> None:
    site = await a_desk()
    await colleague(site)
    await away(site)

    delivery = await site.delivery(recipientId=str(CONTACT))

    assert delivery == {
        "state": "deliver", "address": "kim@fietsbende.example", "name": "Kim Verzonnen",
        "standsInFor": "Contact van fietsbende", "standsInUntil": "2026-03-09",
    }  # fmt: skip


async def test_link_is_made_for_the_deputy() -> None:
    site = await a_desk()
    await colleague(site)
    await away(site)
    referral_id, _ = await mailed(site)

    delivery = await site.delivery(recipientId=str(CONTACT), referralId=str(referral_id))
    path = delivery["link"].removeprefix(ADDRESS)

    assert delivery["standsInFor"] == "Contact van fietsbende"
    assert "Kunnen jullie helpen?" in text_of(await site.get(path))
    # It is theirs: when they leave, it is over, though the other is still there.
    await known(site, replace(await now(site, KIM), active=False))
    assert "Kunnen jullie helpen?" not in text_of(await site.get(path))


async def test_deputy_of_an_ambassador_opens_the_familys_link_as_long_as_the_ambassador_is_away() -> None:
    site = await a_desk()
    await colleague(site, "school", "mees", Role.AMBASSADOR)
    await away(site, JUF, named("mees"))
    referral_id, _ = await mailed(site)

    delivery = await site.delivery(recipientId=str(JUF), referralId=str(referral_id), link="family")
    path = delivery["link"].removeprefix(ADDRESS)

    assert delivery["address"] == "mees@school.example"
    assert "AC34-DEFG" in text_of(await site.get(path))
    site.world.later(days=8)
    assert "AC34-DEFG" not in text_of(await site.get(path))


@pytest.mark.parametrize(("days", "to"), [(0, "kim@"), (7, "kim@"), (8, "contact@")])
async def test_absence_ends_by_itself(days: int, to: str) -> None:
    site = await a_desk()
    await colleague(site)
    await away(site)

    site.world.later(days=days)

    assert (await site.delivery(recipientId=str(CONTACT)))["address"].startswith(to)


@pytest.mark.parametrize("deputy", ["left", "away as well", "of another organisation now"])
async def test_deputy_who_cannot_stand_in_gets_no_mail(deputy: str) -> None:
    site = await a_desk()
    kim = await colleague(site)
    await away(site)
    changes = {
        "left": replace(kim, active=False),
        "away as well": replace(kim, away_until=date(2026, 3, 30)),
        "of another organisation now": replace(kim, memberships=contact("rijwielhulp").memberships),
    }
    await known(site, changes[deputy])

    assert (await site.delivery(recipientId=str(CONTACT)))["address"] == "contact@fietsbende.example"


async def test_code_to_sign_in_never_goes_to_a_deputy() -> None:
    site = await a_desk()
    await colleague(site)
    await away(site)
    async with site.world.units.begin() as unit:
        sign_in_id = await request_sign_in("contact@fietsbende.example", "a browser", unit)

    delivery = await site.delivery(recipientId=str(CONTACT), signInId=str(sign_in_id))

    assert delivery["address"] == "contact@fietsbende.example"
    assert "standsInFor" not in delivery


async def test_what_is_only_for_its_reader_never_goes_to_a_deputy() -> None:
    site = await a_desk()
    await colleague(site)
    await away(site)

    delivery = await site.delivery(recipientId=str(CONTACT), onlyForReader=True)

    assert delivery["address"] == "contact@fietsbende.example"
    assert "standsInFor" not in delivery


async def test_who_is_there_is_asked_before_who_is_away() -> None:
    site = await a_desk()
    kim = await colleague(site, "rijwielhulp")
    there_too = replace(service("rijwielhulp", response_days=2), contact_ids=(named("contact of rijwielhulp"), kim.id))
    await known(site, replace(contact("rijwielhulp"), away_until=date(2026, 3, 9)))
    async with site.world.units.begin() as unit:
        await unit.services.save(there_too)
    _, link = await mailed(site)

    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")

    asked = (await site.world.referrals())[-1]
    assert (asked.contact_id, asked.deputy_id) == (kim.id, named("contact of rijwielhulp"))


@pytest.mark.parametrize(("first", "last"), [("", "01-03-2026"), ("05-03-2026", "04-03-2026"), ("05-03-2026", "")])
async def test_absence_that_cannot_be_is_refused(first: str, last: str) -> None:
    site = await a_desk()

    answered = await press(site, CONTACT, "absence", away_from=first, away_until=last)

    assert answered.status_code == 400
    assert (await now(site, CONTACT)).away_until is None
